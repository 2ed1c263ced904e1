//! The parts of a document that are plain values.

use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDate};

use super::state::{self, Reduced};
use crate::batch::guarded;
use crate::document::{self as core, written};
use crate::error::Result;
use crate::offsets::Span;

/// Classes that wrap a value of the core: its fields as attributes, `repr`, equality, hash and pickle; what follows from the
/// fields stands after a semicolon, and not in the `repr`.
macro_rules! fields {
    ($($class:ident {
        $($name:ident: $type:ty = |$it:ident| $value:expr;)*
        $(;$other:ident: $other_type:ty = |$of:ident| $other_value:expr;)*
    })*) => {
        $(
            #[doc = stub!($class)]
            #[pyclass(frozen, eq, module = "copydesk")]
            #[derive(Clone, PartialEq)]
            pub(super) struct $class(pub core::$class);

            #[pymethods]
            impl $class {
                $(#[doc = stub!($class.$name)]
                #[getter]
                fn $name(&self) -> $type {
                    let $it = &self.0;
                    $value
                })*

                $(#[doc = stub!($class.$other)]
                #[getter]
                fn $other(&self) -> Result<$other_type> {
                    let $of = &self.0;
                    guarded(|| $other_value)
                })*

                fn __repr__(slf: &Bound<'_, Self>) -> PyResult<String> {
                    super::repr(slf.as_any(), stringify!($class), &[$(stringify!($name)),*])
                }

                fn __hash__(&self) -> PyResult<u64> {
                    state::hash(&self.0)
                }

                fn __reduce__<'py>(&self, py: Python<'py>) -> Reduced<'py, (&'static str, Bound<'py, PyBytes>)> {
                    state::reduce(py, "_restore", (stringify!($class), state::save(py, &self.0)?))
                }
            }
        )*

        /// The object of one of these classes that has this state.
        pub(super) fn restore<'py>(py: Python<'py>, class: &str, state: &[u8]) -> PyResult<Option<Bound<'py, PyAny>>> {
            match class {
                $(stringify!($class) => Ok(Some(Bound::new(py, $class(state::load(state)?))?.into_any())),)*
                _ => Ok(None),
            }
        }
    };
}

fields! {
    Evidence {
        name: &str = |it| &it.name;
        weight: f64 = |it| written(it.weight);
        detail: &str = |it| &it.detail;
        over: Option<&'static str> = |it| it.over.map(crate::Label::name);
    }
    Inline {
        kind: &'static str = |it| it.kind.name();
        start: usize = |it| it.span.start;
        end: usize = |it| it.span.end;
    }
    Link {
        text: &str = |it| &it.text;
        url: &str = |it| &it.url;
        start: usize = |it| it.span.start;
        end: usize = |it| it.span.end;
    }
    Dateline {
        raw: &str = |it| &it.raw;
        start: usize = |it| it.span.start;
        end: usize = |it| it.span.end;
        places: Vec<Place> = |it| it.places.iter().cloned().map(Place).collect();
        date: Option<PartialDate> = |it| it.date.clone().map(PartialDate);
        agency: Option<&str> = |it| it.agency.as_deref();
        agency_id: Option<&str> = |it| it.agency_id.as_deref();
        score: f64 = |it| written(it.score);
        ; evidence: Vec<Evidence> = |it| it.evidence().into_iter().map(Evidence).collect();
    }
    Place {
        name: &str = |it| &it.name;
        qualifier: Option<&str> = |it| it.qualifier.as_deref();
        country: Option<&str> = |it| it.country.as_deref();
        region: Option<&str> = |it| it.region.as_deref();
    }
    PartialDate {
        raw: &str = |it| &it.raw;
        month: Option<i8> = |it| it.month;
        day: Option<i8> = |it| it.day;
        year: Option<i16> = |it| it.year;
        resolved: Option<Day> = |it| it.resolved.map(Day);
    }
    Byline {
        text: &str = |it| &it.text;
        start: usize = |it| it.span.start;
        end: usize = |it| it.span.end;
        people: Vec<Person> = |it| it.people.iter().cloned().map(Person).collect();
        agencies: Vec<String> = |it| it.agencies.clone();
    }
    Person {
        name: &str = |it| &it.name;
        start: usize = |it| it.span.start;
        end: usize = |it| it.span.end;
        part: &'static str = |it| it.part.name();
        role: Option<&str> = |it| it.role.as_deref();
        organisation: Option<&str> = |it| it.organisation.as_deref();
        email: Option<&str> = |it| it.email.as_deref();
        handle: Option<&str> = |it| it.handle.as_deref();
        ; recased: String = |it| it.recased();
    }
    Timestamp {
        text: &str = |it| &it.text;
        start: usize = |it| it.span.start;
        end: usize = |it| it.span.end;
        iso: Option<&str> = |it| it.iso.as_deref();
        kind: &'static str = |it| it.kind.name();
    }
    Caption {
        text: &str = |it| &it.text;
        credit: Option<&str> = |it| it.credit.as_deref();
        credits: Vec<String> = |it| it.credits.clone();
        kind: &'static str = |it| it.kind.name();
        sides: Vec<Side> = |it| it.sides.iter().cloned().map(Side).collect();
        image: Option<&str> = |it| it.image.as_deref();
        block: usize = |it| it.block;
        start: usize = |it| it.span.start;
        end: usize = |it| it.span.end;
        text_span: (usize, usize) = |it| pair(it.text_span);
        credit_span: Option<(usize, usize)> = |it| it.credit_span.map(pair);
    }
    Side {
        side: &str = |it| &it.side;
        start: usize = |it| it.span.start;
        end: usize = |it| it.span.end;
    }
}

pub(super) fn pair(span: Span) -> (usize, usize) {
    (span.start, span.end)
}

/// A `datetime.date`.
struct Day(jiff::civil::Date);

impl<'py> IntoPyObject<'py> for Day {
    type Target = PyDate;
    type Output = Bound<'py, PyDate>;
    type Error = PyErr;

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Bound<'py, PyDate>> {
        PyDate::new(py, self.0.year().into(), self.0.month().unsigned_abs(), self.0.day().unsigned_abs())
    }
}

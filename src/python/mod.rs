//! The Python door.
use pyo3::prelude::*;

use crate::{Cleaner, Span};

#[pyclass(frozen, module = "copydesk._core", name = "Trainee")]
struct Trainee(Cleaner);

#[pymethods]
impl Trainee {
    #[new]
    #[pyo3(signature = (model=None))]
    fn new(model: Option<Vec<u8>>) -> PyResult<Self> {
        let mut b = Cleaner::builder();
        if let Some(m) = model {
            b.model_bytes(m);
        }
        b.build().map(Trainee).map_err(|e| pyo3::exceptions::PyValueError::new_err(e.to_string()))
    }
    fn probabilities(&self, text: &str) -> Vec<(usize, usize, Vec<f32>)> {
        self.0.clean(text).blocks().map(|b| (b.span().start, b.span().end, b.probabilities().to_vec())).collect()
    }
}

#[pyfunction]
fn observe(text: &str) -> Vec<(usize, usize, Vec<String>)> {
    crate::cleaner::observe_text(text).into_iter().map(|(Span { start, end }, names)| (start, end, names)).collect()
}

#[pymodule(gil_used = false)]
mod _core {
    #[pymodule_export]
    use super::Trainee;
    #[pymodule_export]
    use super::observe;
    #[pymodule_init]
    fn init(m: &pyo3::Bound<'_, pyo3::types::PyModule>) -> pyo3::PyResult<()> {
        use pyo3::types::PyModuleMethods;
        m.add("SCHEMA", crate::evidence::schema())?;
        m.add("LABELS", crate::Label::ALL.map(|l| l.name()))?;
        m.add("FEATURES", crate::evidence::FEATURE_TABLE.iter().map(|f| f.id.clone()).collect::<Vec<_>>())?;
        Ok(())
    }
}

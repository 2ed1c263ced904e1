//! Tables of Arrow cleaned: the same rows, with what was made of their texts.

use std::sync::Arc;

use arrow_array::{ArrayRef, RecordBatch, RecordBatchOptions};
use arrow_schema::{DataType, Field as Column, Schema, SchemaRef};

use super::made::{Building, Only, columns};
use super::texts::{Days, Texts, holds_days, holds_texts};
use crate::cleaner::{Cleaner, Hints, Input, UpTo};
use crate::document::{Document, MarkdownOptions, SCHEMA_VERSION};
use crate::error::{Error, Result, quoted};
use crate::io::fields::{Field, FieldsOf};
use crate::io::schema::Type;
use crate::text::lang::Lang;

/// What becomes of a row that is refused, or that copydesk fails on.
#[derive(Clone, Copy, Debug)]
pub(crate) enum OnRowError {
    Raise,
    /// Its fields are null.
    Null,
    /// Its text is what was given, and the other fields are null.
    Keep,
}

impl OnRowError {
    /// # Errors
    /// When none is called so.
    pub fn from_name(name: &str) -> Result<Self> {
        match name {
            "raise" => Ok(Self::Raise),
            "null" => Ok(Self::Null),
            "keep" => Ok(Self::Keep),
            _ => Err(Error::unknown("on_error", name, ["raise", "null", "keep"])),
        }
    }
}

/// The columns of a table that are read, by their names.
#[derive(Clone, Debug, Default)]
pub(crate) struct Names {
    /// That of the texts, or of the pages.
    pub text: String,
    pub is_html: bool,
    pub source: Option<String>,
    pub title: Option<String>,
    pub lang: Option<String>,
    pub published: Option<String>,
}

/// What is asked for.
#[derive(Clone, Debug)]
pub(crate) struct Wanted {
    pub names: Names,
    pub fields: Vec<Field>,
    /// Whether the one field was asked for itself, and not a struct with it.
    pub alone: bool,
    /// The column that holds all of them, beside those of the table; without, each has a column of its own, and there are no others.
    pub into: Option<String>,
    pub on_error: OnRowError,
    pub markdown: MarkdownOptions,
}

impl Wanted {
    /// The column of structs that hold the fields, where there is one.
    fn structs(&self) -> Option<&str> {
        self.into.as_deref().filter(|_| !self.alone)
    }

    /// Whether a column of the table is one of those that are given.
    fn carries(&self, column: &Column) -> bool {
        self.into.as_ref().is_some_and(|name| name != column.name())
    }
}

/// How tables of one schema are cleaned.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    wanted: Wanted,
    up_to: UpTo,
    text: usize,
    source: Option<usize>,
    title: Option<usize>,
    lang: Option<usize>,
    published: Option<usize>,
    /// The columns that are made, by the names that are built: that of a field alone is called otherwise in the end.
    made: Vec<Arc<Column>>,
    schema: SchemaRef,
}

/// What to do with a column that holds no texts.
const fn cure(kind: &DataType) -> &'static str {
    match kind {
        DataType::Struct(_) => "give a member of it a column of its own",
        DataType::List(_)
        | DataType::LargeList(_)
        | DataType::ListView(_)
        | DataType::LargeListView(_)
        | DataType::FixedSizeList(..) => "join what is in each, or explode it",
        _ => "cast it",
    }
}

/// The version of the types in what is said of a table.
const VERSION: &str = "copydesk.schema";

impl Plan {
    /// For tables of that schema.
    ///
    /// # Errors
    /// When a column is not there, or is of a type that holds no texts.
    pub fn new(schema: &Schema, wanted: Wanted) -> Result<Self> {
        let find = |option: &str, name: &str, holds: fn(&DataType) -> bool, what: &str| {
            let found: Vec<_> =
                schema.fields().iter().enumerate().filter(|(_, column)| column.name() == name).collect();
            let [(at, column)] = &*found else {
                let names = schema.fields().iter().map(|column| column.name().as_str());
                let names = names.map(quoted).collect::<Vec<_>>().join(", ");
                return Err(Error::config(match found.len() {
                    _ if schema.fields().is_empty() => {
                        format!("there is no column {option}={}, nor any other", quoted(name))
                    }
                    0 => format!("there is no column {option}={}: the columns are {names}", quoted(name)),
                    many => format!(
                        "there are {many} columns {option}={}: rename one; the columns are {names}",
                        quoted(name)
                    ),
                }));
            };
            if !holds(column.data_type()) {
                return Err(Error::config(format!(
                    "the column {option}={} is of the type {}, which holds no {what}: {}",
                    quoted(name),
                    column.data_type(),
                    cure(column.data_type())
                )));
            }
            Ok(*at)
        };
        let hint = |option: &str, name: &Option<String>| {
            name.as_deref().map(|name| find(option, name, holds_texts, "texts")).transpose()
        };
        let names = &wanted.names;
        let text = find(if names.is_html { "html" } else { "text" }, &names.text, holds_texts, "texts")?;
        let (source, title, lang) =
            (hint("source", &names.source)?, hint("title", &names.title)?, hint("lang", &names.lang)?);
        let published =
            names.published.as_deref().map(|name| find("published", name, holds_days, "days")).transpose()?;
        let kind = Type::of_fields(&wanted.fields);
        let of_fields = || match &kind {
            Type::Struct(fields) => columns(fields).iter().cloned().collect(),
            _ => Vec::new(),
        };
        let made = match wanted.structs() {
            Some(name) => vec![Arc::new(Column::new(name, (&kind).into(), true))],
            None => of_fields(),
        };
        let called = |column: &Arc<Column>| match &wanted.into {
            Some(name) => Arc::new(column.as_ref().clone().with_name(name)),
            None => Arc::clone(column),
        };
        let others = schema.fields().iter().filter(|column| wanted.carries(column));
        let all: Vec<Arc<Column>> = others.cloned().chain(made.iter().map(called)).collect();
        let mut said = if wanted.into.is_some() { schema.metadata().clone() } else { Default::default() };
        said.retain(|key, _| !super::SAID.contains(&&**key));
        said.insert(VERSION.to_owned(), SCHEMA_VERSION.to_string());
        let schema = Arc::new(Schema::new_with_metadata(all, said));
        let up_to = wanted.fields.iter().map(|field| field.needs()).max().unwrap_or(UpTo::Text);
        Ok(Self { wanted, up_to, text, source, title, lang, published, made, schema })
    }

    /// The schema of what is made.
    pub fn schema(&self) -> SchemaRef {
        Arc::clone(&self.schema)
    }

    /// How many of the first rows of a table are cleaned together.
    pub fn at_once(&self, batch: &RecordBatch) -> usize {
        let most = batch.num_rows();
        let Some(column) = batch.columns().get(self.text) else { return most };
        Texts::of(column).at_once(most)
    }

    /// What is known of the rows of a table.
    pub fn rows<'p>(&'p self, batch: &RecordBatch) -> Rows<'p> {
        let column = |at: usize| batch.columns().get(at);
        let texts = |at: Option<usize>| at.and_then(column).map_or(Texts::Missing, Texts::of);
        Rows {
            plan: self,
            texts: texts(Some(self.text)),
            source: texts(self.source),
            title: texts(self.title),
            lang: texts(self.lang),
            published: self.published.and_then(column).map(Days::of),
        }
    }

    /// The rows of a table with what was made of them.
    ///
    /// # Errors
    /// That of the first row that failed, where errors are raised; the place of the row is counted from `before`.
    pub fn table(
        &self,
        batch: &RecordBatch,
        rows: &Rows<'_>,
        before: usize,
        made: Vec<Result<Option<Document>>>,
    ) -> Result<RecordBatch> {
        let mut building = Building::new(&self.made)?;
        for (row, made) in made.into_iter().enumerate() {
            match (made, self.wanted.on_error) {
                (Ok(document), _) => self.push(&mut building, document.as_ref())?,
                (Err(error), OnRowError::Raise) => {
                    return Err(error.context(format_args!("row {}", before + row)));
                }
                (Err(_), OnRowError::Null) => self.push(&mut building, None)?,
                (Err(_), OnRowError::Keep) => {
                    let text = rows.texts.text(row).filter(|_| self.wanted.fields.contains(&Field::Text));
                    let given = Only(Field::Text.name(), text);
                    match self.wanted.structs() {
                        Some(name) => building.push(&Only(name, Some(given)))?,
                        None => building.push(&given)?,
                    }
                }
            }
        }
        let schema = batch.schema();
        let others = schema.fields().iter().zip(batch.columns()).filter(|(column, _)| self.wanted.carries(column));
        let all: Vec<ArrayRef> = others.map(|(_, column)| Arc::clone(column)).chain(building.end()?).collect();
        let options = RecordBatchOptions::new().with_row_count(Some(batch.num_rows()));
        RecordBatch::try_new_with_options(self.schema(), all, &options)
            .map_err(|error| Error::format(error.to_string()))
    }

    fn push(&self, building: &mut Building, document: Option<&Document>) -> Result<()> {
        let Wanted { fields, markdown, .. } = &self.wanted;
        let fields = document.map(|document| FieldsOf { document, fields, markdown: *markdown });
        match (self.wanted.structs(), fields) {
            (Some(name), fields) => building.push(&Only(name, fields)),
            (None, Some(fields)) => building.push(&fields),
            (None, None) => building.push(&Only("", None::<()>)),
        }
    }
}

/// The rows of a table, to be cleaned one by one.
pub(crate) struct Rows<'p> {
    plan: &'p Plan,
    texts: Texts,
    source: Texts,
    title: Texts,
    lang: Texts,
    published: Option<Days>,
}

impl Rows<'_> {
    /// What was made of a row; nothing where its text is missing.
    ///
    /// # Errors
    /// When something that is known of it cannot be read.
    pub fn clean(&self, cleaner: &Cleaner, row: usize) -> Result<Option<Document>> {
        let Some(input) = self.texts.input(row) else { return Ok(None) };
        let mut hints = Hints::new();
        hints.source = self.source.text(row).map(Into::into);
        hints.title = self.title.text(row).map(Into::into);
        hints.lang = self.lang.text(row).map_or(Ok(None), |lang| Lang::hint(&lang))?;
        hints.published = self.published.as_ref().map_or(Ok(None), |days| days.get(row))?;
        let input = if self.plan.wanted.names.is_html { Input::html(input) } else { input };
        Ok(Some(cleaner.clean_up_to(self.plan.up_to, &input, &hints)))
    }
}

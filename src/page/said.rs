//! What a page says of its story: linked data (schema.org), Open Graph and other meta tags, its title. It is evidence, and can be wrong.

use serde_json::Value;

use super::head::{Head, Written};
use super::keys::{self, Key};
use super::linked::{DEEPEST, Script, decoded, is_story, is_work, json, mended, texts};
use crate::document::{FieldName, FieldSource};
use crate::offsets::Span;

/// What a page says of its story; each thing in the order in which it is trusted.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Said {
    pub headlines: Vec<String>,
    pub descriptions: Vec<String>,
    pub authors: Vec<String>,
    /// The text of the story.
    pub body: Option<String>,
    pub captions: Vec<String>,
    /// What kind of page it is, in small letters: of linked data, of Open Graph.
    pub kinds: Vec<String>,
    /// What it says of fields, in its order, the linked data first.
    pub claims: Vec<Claim>,
    /// What addresses are relative to.
    pub base: Option<String>,
}

/// What a page says a field is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Claim {
    pub of: FieldName,
    pub from: FieldSource,
    /// From 1, hardly, to 6 ([`keys`]); less where what is described is rather the page or the site than the story.
    pub trust: u8,
    /// The thing of linked data that it is said of, by number.
    pub thing: Option<usize>,
    pub text: String,
    pub form: Form,
    /// Where in the page it stands: the text, or what holds it.
    pub span: Span,
}

/// What form a claim has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    Text,
    /// The name of a person, or of an organisation.
    Person,
    Organisation,
    /// A time of a `<time>` that does not say what it is the time of.
    Bare,
}

/// So many things of a kind are looked at: a list of a thousand products says nothing of a story.
const MOST: usize = 16;

/// The same of times, because those of teasers stand before the story's, and of tags.
const MOST_OF_LISTS: usize = 64;

impl Said {
    pub(super) fn of(head: &Head) -> Self {
        let mut said = Self { base: head.base.clone(), ..Self::default() };
        let mut things = 0;
        for (text, span) in &head.data {
            let Some(data) = json(text).or_else(|| serde_json::from_str(&mended(text)).ok()) else { continue };
            let mut script = Script::of(text, *span, &data, things);
            said.read(&data, &mut script, 0, true);
            things = script.things;
        }
        for written in &head.meta {
            said.read_meta(written);
        }
        for property in &head.properties {
            if let Some(key) = keys::of_meta(&property.key) {
                said.claim(key, FieldSource::Meta, Form::Text, decoded(&property.value), property.span);
            }
        }
        said.read_html(head);
        said.kinds.sort_unstable();
        said.kinds.dedup();
        // Every line is compared with all of them.
        for all in [&mut said.headlines, &mut said.descriptions, &mut said.authors, &mut said.kinds] {
            all.truncate(MOST);
        }
        said
    }

    fn read_meta(&mut self, Written { key, value, span }: &Written) {
        if key == "og:type" {
            self.kinds.push(decoded(value).to_lowercase());
        }
        let Some(known) = keys::of_meta(key) else { return };
        let text = decoded(value);
        self.tell(known.of, &text);
        self.claim(known, FieldSource::Meta, Form::Text, text, *span);
    }

    /// Takes a text to compare lines with.
    fn tell(&mut self, of: FieldName, text: &str) {
        match of {
            FieldName::Title => self.headlines.push(text.to_owned()),
            FieldName::Deck => self.descriptions.push(text.to_owned()),
            FieldName::Byline => self.authors.push(text.to_owned()),
            _ => {}
        }
    }

    fn read_html(&mut self, head: &Head) {
        let title = head.title.split_whitespace().collect::<Vec<_>>().join(" ");
        if !title.is_empty() {
            self.headlines.push(title.clone());
            self.claim(&keys::TITLE, FieldSource::Html, Form::Text, title, head.title_span);
        }
        if let Some(lang) = &head.lang {
            self.claim(&keys::LANG, FieldSource::Html, Form::Text, lang.value.clone(), lang.span);
        }
        for link in &head.links {
            for relation in link.key.split_ascii_whitespace() {
                let key = match relation {
                    "canonical" => &keys::CANONICAL,
                    "image_src" => &keys::IMAGE,
                    _ => continue,
                };
                self.claim(key, FieldSource::Html, Form::Text, link.value.clone(), link.span);
            }
        }
        for time in &head.times {
            let is = |word: &str| time.key.split_ascii_whitespace().any(|said| said == word);
            let (key, form) = match () {
                () if ["datemodified", "updated", "modified"].into_iter().any(is) && !is("published") => {
                    (&keys::UPDATED, Form::Text)
                }
                () if ["datepublished", "pubdate", "published", "entry-date"].into_iter().any(is) => {
                    (&keys::PUBLISHED, Form::Text)
                }
                () => (&keys::TIME, Form::Bare),
            };
            self.claim(key, FieldSource::Html, form, time.value.clone(), time.span);
        }
    }

    fn claim(&mut self, key: &Key, from: FieldSource, form: Form, text: String, span: Span) {
        let claim = Claim { of: key.of, from, trust: key.trust, thing: None, text, form, span };
        self.add(claim);
    }

    fn add(&mut self, claim: Claim) {
        if !claim.text.is_empty() && self.takes(claim.of, claim.from) {
            self.claims.push(claim);
        }
    }

    /// Whether one more claim of a source for a field is looked at.
    fn takes(&self, of: FieldName, from: FieldSource) -> bool {
        let most = if matches!(of, FieldName::Published | FieldName::Tags) { MOST_OF_LISTS } else { MOST };
        self.claims.iter().filter(|known| (known.of, known.from) == (of, from)).count() < most
    }

    /// `whole`: it describes the page or its story, and not one of many that a page lists.
    fn read(&mut self, data: &Value, script: &mut Script<'_>, depth: usize, whole: bool) {
        if depth > DEEPEST {
            return;
        }
        match data {
            Value::Array(all) => all.iter().for_each(|one| self.read(one, script, depth + 1, whole)),
            Value::Object(fields) => {
                let kinds: Vec<_> = fields.get("@type").map(texts).unwrap_or_default();
                if kinds.iter().any(|kind| is_work(kind)) {
                    self.kinds.extend(kinds.iter().map(|kind| kind.to_lowercase()));
                    self.read_work(data, script);
                }
                if whole {
                    self.read_claims(data, &kinds, script);
                }
                for key in ["@graph", "mainEntity", "mainEntityOfPage", "itemListElement"] {
                    if let Some(inner) = fields.get(key) {
                        self.read(inner, script, depth + 1, whole && key != "itemListElement");
                    }
                }
            }
            _ => {}
        }
    }

    fn read_work(&mut self, data: &Value, script: &Script<'_>) {
        let of = |key: &str| data.get(key).map(texts).unwrap_or_default();
        self.headlines.extend(of("headline"));
        if data.get("headline").is_none() {
            self.headlines.extend(of("name"));
        }
        self.descriptions.extend(of("description"));
        self.authors.extend(data.get("author").map(|author| script.names(author, 0)).unwrap_or_default());
        for key in ["image", "associatedMedia", "video"] {
            let captions = |of: &Value| {
                let of = script.thing(of);
                ["caption", "description", "name"].map(|key| of.get(key).map(texts).unwrap_or_default()).concat()
            };
            match data.get(key) {
                Some(Value::Array(all)) => self.captions.extend(all.iter().flat_map(captions)),
                Some(one) => self.captions.extend(captions(one)),
                None => {}
            }
        }
        let longest = of("articleBody").into_iter().max_by_key(String::len);
        if longest.as_ref().map(String::len) > self.body.as_ref().map(String::len) {
            self.body = longest;
        }
    }

    /// What a thing of linked data says of fields.
    fn read_claims(&mut self, data: &Value, kinds: &[String], script: &mut Script<'_>) {
        let thing = script.things;
        script.things += 1;
        // What is said of the page is less sure than what is said of its story.
        let less = match () {
            () if kinds.iter().any(|kind| is_story(kind)) => 0,
            () if kinds.iter().any(|kind| is_work(kind)) => 1,
            () if kinds.iter().any(|kind| kind == "WebSite") => {
                let names = data.get("name").map(texts).unwrap_or_default();
                names.into_iter().for_each(|name| self.claim_of(&keys::SITE, 0, thing, Form::Text, name, script));
                return;
            }
            () => return,
        };
        for key in keys::DATA {
            let Some(value) = data.get(key.name).filter(|_| self.takes(key.of, FieldSource::JsonLd)) else { continue };
            for (form, text) in script.values(key.of, value, 0) {
                self.claim_of(key, less, thing, form, text, script);
            }
        }
        // Some have a summary for a headline, and the headline for a name.
        let names = data.get("name").map(texts).unwrap_or_default();
        names.into_iter().for_each(|name| self.claim_of(&keys::NAME, less, thing, Form::Text, name, script));
    }

    fn claim_of(&mut self, key: &Key, less: u8, thing: usize, form: Form, text: String, script: &mut Script<'_>) {
        if self.takes(key.of, FieldSource::JsonLd) {
            let span = script.place(&text);
            let trust = key.trust.saturating_sub(less).max(1);
            self.add(Claim { of: key.of, from: FieldSource::JsonLd, trust, thing: Some(thing), text, form, span });
        }
    }
}

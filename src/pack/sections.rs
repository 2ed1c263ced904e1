//! The sections of a pack by which bylines, dates and datelines are read.

use std::collections::BTreeMap;

use serde::Deserialize;

/// Words around names.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct BylineWords {
    /// Before a name: "by", "written by".
    pub lead: Vec<String>,
    /// The word for "by" alone, and others that end what stands before a name: "of".
    pub by: Vec<String>,
    /// Between names: "and".
    pub joiners: Vec<String>,
    /// Before the name of a helper: "with".
    pub with: Vec<String>,
    /// Before whom a person writes for: "for".
    pub employer: Vec<String>,
    /// Before where a person is: "in".
    pub place: Vec<String>,
    /// What a person is: "editor".
    pub roles: Vec<String>,
    /// The same, where it is not evidence for a byline: "president".
    pub jobs: Vec<String>,
    /// What stands before a role: "senior".
    pub titles: Vec<String>,
    /// What makes a name that of a paper, a firm, an office: "gazette".
    pub outlets: Vec<String>,
    /// Writers who are not named: "newsroom".
    pub staff: Vec<String>,
    /// What stands where a name could and is none: "our correspondent", "share".
    pub nobody: Vec<String>,
    /// After the names of helpers: "contributed to this report".
    pub contributed: Vec<String>,
    /// Before names, and saying what their bearers did for the story.
    pub authors: Vec<String>,
    pub contributors: Vec<String>,
    pub editors: Vec<String>,
    pub translators: Vec<String>,
    pub photographers: Vec<String>,
    pub illustrators: Vec<String>,
}

impl BylineWords {
    /// The lists that are not evidence for labels, each with its name.
    pub fn lists(&self) -> [(&'static str, &Vec<String>); 17] {
        [
            ("byline.by", &self.by),
            ("byline.joiners", &self.joiners),
            ("byline.with", &self.with),
            ("byline.employer", &self.employer),
            ("byline.place", &self.place),
            ("byline.jobs", &self.jobs),
            ("byline.titles", &self.titles),
            ("byline.outlets", &self.outlets),
            ("byline.staff", &self.staff),
            ("byline.nobody", &self.nobody),
            ("byline.contributed", &self.contributed),
            ("byline.authors", &self.authors),
            ("byline.contributors", &self.contributors),
            ("byline.editors", &self.editors),
            ("byline.translators", &self.translators),
            ("byline.photographers", &self.photographers),
            ("byline.illustrators", &self.illustrators),
        ]
    }
}

/// Words of dates and times.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct DateWords {
    /// Order of numeric dates: "dmy", "mdy", "ymd", "" when not certain.
    pub order: String,
    /// Twelve lists, January first.
    pub months: Vec<Vec<String>>,
    /// Seven lists, Monday first.
    pub weekdays: Vec<Vec<String>>,
    /// More names of months, as `months`: short ones that mean other things too, and no evidence for a label.
    pub more_months: Vec<Vec<String>>,
    /// More names of days, as `weekdays`: short ones, which count beside a date.
    pub more_weekdays: Vec<Vec<String>>,
    pub published: Vec<String>,
    pub updated: Vec<String>,
    /// The same as `updated`, where it is not evidence for a timestamp: "as of".
    pub changed: Vec<String>,
    /// Before a date that is neither: "printed".
    pub other: Vec<String>,
    /// What a time counted from now holds: "hours ago", "yesterday".
    pub relative: Vec<String>,
    /// Units that such times are counted in.
    pub minutes: Vec<String>,
    pub hours: Vec<String>,
    pub days: Vec<String>,
    /// After or before the count: "ago".
    pub ago: Vec<String>,
    /// A count of one: "an".
    pub one: Vec<String>,
    pub today: Vec<String>,
    pub yesterday: Vec<String>,
    pub am: Vec<String>,
    pub pm: Vec<String>,
    /// From evening to morning: "at night".
    pub night: Vec<String>,
    /// Around twelve: "noon".
    pub noon: Vec<String>,
    /// Of hours that are counted from six in the morning.
    pub from_dawn: Vec<String>,
    /// Before a time of day: "at".
    pub at: Vec<String>,
    /// After an hour, and makes it a time of day: "o'clock".
    pub oclock: Vec<String>,
    /// After an hour or a time of day that other signs show to be one: "h".
    pub hour_signs: Vec<String>,
    /// Glued after a day: "th".
    pub ordinals: Vec<String>,
    /// Between a day and a month: "of".
    pub of: Vec<String>,
    /// After a year: "г."
    pub year_words: Vec<String>,
    /// After the numbers of a date or time: "年".
    pub year_marks: Vec<String>,
    pub month_marks: Vec<String>,
    pub day_marks: Vec<String>,
    pub hour_marks: Vec<String>,
    pub minute_marks: Vec<String>,
    /// From what years of an era are counted: the year before its first.
    pub eras: BTreeMap<String, i16>,
}

impl DateWords {
    /// The lists that are not evidence for labels, each with its name.
    pub fn lists(&self) -> [(&'static str, &Vec<String>); 25] {
        [
            ("dates.changed", &self.changed),
            ("dates.other", &self.other),
            ("dates.minutes", &self.minutes),
            ("dates.hours", &self.hours),
            ("dates.days", &self.days),
            ("dates.ago", &self.ago),
            ("dates.one", &self.one),
            ("dates.today", &self.today),
            ("dates.yesterday", &self.yesterday),
            ("dates.am", &self.am),
            ("dates.pm", &self.pm),
            ("dates.night", &self.night),
            ("dates.noon", &self.noon),
            ("dates.from_dawn", &self.from_dawn),
            ("dates.at", &self.at),
            ("dates.oclock", &self.oclock),
            ("dates.hour_signs", &self.hour_signs),
            ("dates.ordinals", &self.ordinals),
            ("dates.of", &self.of),
            ("dates.year_words", &self.year_words),
            ("dates.year_marks", &self.year_marks),
            ("dates.month_marks", &self.month_marks),
            ("dates.day_marks", &self.day_marks),
            ("dates.hour_marks", &self.hour_marks),
            ("dates.minute_marks", &self.minute_marks),
        ]
    }
}

/// Words of datelines.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct DatelineWords {
    /// Ends a dateline: "电".
    pub marks: Vec<String>,
    /// The paper's own report: "本报".
    pub own: Vec<String>,
    /// Beside the name of who reports: "记者".
    pub reporters: Vec<String>,
    /// The same of others who helped: "编辑".
    pub helpers: Vec<String>,
    /// What the name of a source ends with: "社".
    pub sources: Vec<String>,
    /// In brackets after a dateline: "更新".
    pub notes: Vec<String>,
    /// In brackets after a place, where an agency could stand: "staff reporter".
    pub staff: Vec<String>,
    /// In brackets after a place, and part of its name: "Oder".
    pub rivers: Vec<String>,
    /// The country, ISO 3166-1, whose states stand in brackets by their letters.
    pub states: String,
    /// Whether newspapers set a full stop after a place alone: "Berlin. Der Senat".
    pub full_stop: bool,
}

impl DatelineWords {
    /// The lists, each with its name.
    pub fn lists(&self) -> [(&'static str, &Vec<String>); 8] {
        [
            ("dateline.marks", &self.marks),
            ("dateline.own", &self.own),
            ("dateline.reporters", &self.reporters),
            ("dateline.helpers", &self.helpers),
            ("dateline.sources", &self.sources),
            ("dateline.notes", &self.notes),
            ("dateline.staff", &self.staff),
            ("dateline.rivers", &self.rivers),
        ]
    }
}

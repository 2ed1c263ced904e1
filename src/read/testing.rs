//! Packs for tests: the embedded ones and the few words of other languages that the tests of this floor need.

use std::sync::Arc;

use super::Context;
use crate::once::Lazy;
use crate::pack::Packs;

const OWN: &[(&str, &str)] = &[
    (
        "en",
        r#"code = "en"
name = "English"
[caption]
credit = ["credit", "image credit", "photo credit", "photograph", "photographs by", "graphic", "video"]
"#,
    ),
    (
        "de",
        r#"code = "de"
name = "Deutsch"
[byline]
lead = ["von"]
joiners = ["und"]
roles = ["redakteur", "redakteurin", "korrespondent"]
[caption]
credit = ["foto", "fotos", "bild", "quelle"]
photo = ["foto", "bild", "archivbild"]
graphic = ["grafik", "karte"]
[dates]
order = "dmy"
months = [["januar", "jan"], ["februar", "feb"], ["märz", "mär"], ["april", "apr"], ["mai"], ["juni", "jun"], ["juli", "jul"], ["august", "aug"], ["september", "sept", "sep"], ["oktober", "okt"], ["november", "nov"], ["dezember", "dez"]]
weekdays = [["montag"], ["dienstag"], ["mittwoch"], ["donnerstag"], ["freitag"], ["samstag"], ["sonntag"]]
published = ["veröffentlicht"]
updated = ["aktualisiert"]
"#,
    ),
    (
        "es",
        r#"code = "es"
name = "Español"
[byline]
lead = ["por"]
joiners = ["y"]
roles = ["redactor", "corresponsal"]
[dates]
order = "dmy"
months = [["enero", "ene"], ["febrero", "feb"], ["marzo", "mar"], ["abril", "abr"], ["mayo", "may"], ["junio", "jun"], ["julio", "jul"], ["agosto", "ago"], ["septiembre", "sep", "sept"], ["octubre", "oct"], ["noviembre", "nov"], ["diciembre", "dic"]]
published = ["publicado"]
updated = ["actualizado"]
"#,
    ),
    (
        "fr",
        r#"code = "fr"
name = "Français"
[byline]
lead = ["par"]
joiners = ["et"]
[dates]
order = "dmy"
months = [["janvier", "janv"], ["février", "févr"], ["mars"], ["avril"], ["mai"], ["juin"], ["juillet"], ["août"], ["septembre"], ["octobre"], ["novembre"], ["décembre"]]
published = ["publié"]
updated = ["mis à jour"]
"#,
    ),
    (
        "it",
        r#"code = "it"
name = "Italiano"
[dates]
order = "dmy"
months = [["gennaio", "gen"], ["febbraio", "feb"], ["marzo", "mar"], ["aprile", "apr"], ["maggio", "mag"], ["giugno", "giu"], ["luglio", "lug"], ["agosto", "ago"], ["settembre", "set"], ["ottobre", "ott"], ["novembre", "nov"], ["dicembre", "dic"]]
"#,
    ),
    (
        "ru",
        r#"code = "ru"
name = "Русский"
[dates]
order = "dmy"
months = [["января", "янв"], ["февраля", "фев"], ["марта", "мар"], ["апреля", "апр"], ["мая", "май"], ["июня", "июн"], ["июля", "июл"], ["августа", "авг"], ["сентября", "сен"], ["октября", "окт"], ["ноября", "ноя"], ["декабря", "дек"]]
"#,
    ),
    (
        "ar",
        r#"code = "ar"
name = "العربية"
[dates]
months = [["يناير", "كانون الثاني"], ["فبراير"], ["مارس"], ["أبريل"], ["مايو"], ["يونيو"], ["يوليو"], ["أغسطس"], ["سبتمبر"], ["أكتوبر"], ["نوفمبر"], ["ديسمبر"]]
"#,
    ),
    (
        "zh",
        r#"code = "zh"
name = "中文"
[byline]
lead = ["记者", "本报记者"]
joiners = ["和"]
"#,
    ),
];

/// The packs, compiled once.
pub(super) fn packs() -> Arc<Packs> {
    static PACKS: Lazy<Arc<Packs>> = Lazy::new(|| Arc::new(Packs::with(OWN).expect("packs of the tests")));
    PACKS.clone()
}

/// A context that knows nothing but the packs.
pub(super) fn context(packs: &Packs) -> Context<'_> {
    Context { packs, lang: None, published: None, now: None }
}

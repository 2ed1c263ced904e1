//! Names of hosts in ASCII, as the network writes them: `bücher.example` is `xn--bcher-kva.example` (RFC 3492).

/// A name in lower case, its labels in ASCII.
pub(super) fn ascii_host(host: &str) -> String {
    if host.is_ascii() {
        return host.to_owned();
    }
    let labels: Vec<_> = host.split('.').map(|label| encoded(label).unwrap_or_else(|| label.to_owned())).collect();
    labels.join(".")
}

const BASE: u32 = 36;
const FIRST: u32 = 0x80;
const FIRST_BIAS: u32 = 72;

/// A label in ASCII; none where it is in ASCII, or so long that no host has it.
fn encoded(label: &str) -> Option<String> {
    const LONGEST_CHARS: usize = 63;
    let chars: Vec<u32> = label.chars().map(u32::from).collect();
    if label.is_ascii() || chars.len() > LONGEST_CHARS {
        return None;
    }
    let mut out = "xn--".to_owned();
    out.extend(label.chars().filter(char::is_ascii));
    let basic = label.bytes().filter(u8::is_ascii).count() as u32;
    if basic > 0 {
        out.push('-');
    }
    let (mut next, mut delta, mut bias, mut done) = (FIRST, 0u32, FIRST_BIAS, basic);
    while (done as usize) < chars.len() {
        let least = chars.iter().copied().filter(|c| *c >= next).min()?;
        delta = delta.checked_add((least - next).checked_mul(done + 1)?)?;
        next = least;
        for c in &chars {
            if *c < next {
                delta += 1;
            } else if *c == next {
                digits(delta, bias, &mut out);
                bias = adapted(delta, done + 1, done == basic);
                delta = 0;
                done += 1;
            }
        }
        delta += 1;
        next += 1;
    }
    Some(out)
}

/// Writes a number in digits whose worth follows from the bias.
fn digits(mut number: u32, bias: u32, out: &mut String) {
    let digit = |value: u32| b"abcdefghijklmnopqrstuvwxyz0123456789".get(value as usize).map(|byte| char::from(*byte));
    let mut at = BASE;
    loop {
        let threshold = at.saturating_sub(bias).clamp(1, 26);
        if number < threshold {
            out.extend(digit(number));
            return;
        }
        out.extend(digit(threshold + (number - threshold) % (BASE - threshold)));
        number = (number - threshold) / (BASE - threshold);
        at += BASE;
    }
}

fn adapted(delta: u32, count: u32, first: bool) -> u32 {
    let mut delta = if first { delta / 700 } else { delta / 2 };
    delta += delta / count;
    let mut steps = 0;
    while delta > (BASE - 1) * 26 / 2 {
        delta /= BASE - 1;
        steps += BASE;
    }
    steps + BASE * delta / (delta + 38)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_as_the_network_writes_them() {
        for (host, want) in [
            ("orla.example", "orla.example"),
            ("bücher.example", "xn--bcher-kva.example"),
            ("münchen.example", "xn--mnchen-3ya.example"),
            ("пример.испытание", "xn--e1afmkfd.xn--80akhbyknj4f"),
            ("例え.テスト", "xn--r8jz45g.xn--zckzah"),
            ("δοκιμή", "xn--jxalpdlp"),
        ] {
            assert_eq!(ascii_host(host), want);
        }
        let long = "ü".repeat(64);
        assert_eq!(ascii_host(&long), long);
        assert!(ascii_host(&"\u{10ffff}a".repeat(31)).starts_with("xn--"));
    }
}

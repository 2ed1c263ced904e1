#!/bin/sh
# Shows copydesk at work on the articles beside this file: their fields, each line with its label, and the clean text of the first.
set -eu
here=$(dirname "$0")
copydesk=${COPYDESK:-copydesk}
if [ -t 1 ] && [ -z "${NO_COLOR:-}" ]; then bold=$(printf '\033[1m') plain=$(printf '\033[0m'); else bold='' plain=''; fi
rule() { printf '\n%s── %s ──%s\n\n' "$bold" "$1" "$plain"; }

for article in wire-story captions-and-shares live-blog german spanish; do
    rule "$article.txt: its fields; each line, what it is, how sure that is; + is kept"
    "$copydesk" inspect --wrap "$here/$article.txt"
    if [ "$article" = wire-story ]; then
        rule "$article.txt: the clean text"
        "$copydesk" clean "$here/$article.txt" | fold -s -w "${COLUMNS:-80}"
    fi
done

rule "What next"
cat <<NEXT
  Why each line got its label:           $copydesk inspect --why $here/wire-story.txt
  An article of your own:                $copydesk inspect --wrap article.txt
  Its clean text, or the whole document: $copydesk clean article.txt
                                         $copydesk clean --json article.txt
  A file of many, each record cleaned:   $copydesk clean corpus.jsonl --output clean.jsonl
  From Python:                           make python
                                         .venv/bin/python -c 'import copydesk; print(copydesk.clean("…").text)'
  What the labels mean, and more:        docs/labels.md, README.md, $copydesk --help
NEXT

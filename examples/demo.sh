#!/bin/sh
# Shows copydesk at work on the articles beside this file: their fields, each line with its label, and the clean text of the first.
set -eu
here=$(dirname "$0")
copydesk=${COPYDESK:-copydesk}
if [ -t 1 ] && [ -z "${NO_COLOR:-}" ]; then bold=$(printf '\033[1m') plain=$(printf '\033[0m'); else bold='' plain=''; fi
columns=${COLUMNS:-$(tput cols 2>/dev/null || echo 80)}
rule() { printf '\n%s── %s ──%s\n\n' "$bold" "$1" "$plain"; }

for article in wire-story captions-and-shares live-blog german spanish; do
    rule "$article.txt: its fields; each line, what it is, how sure that is; + is kept"
    "$copydesk" inspect --wrap "$here/$article.txt"
    if [ "$article" = wire-story ]; then
        rule "$article.txt: the clean text"
        "$copydesk" clean "$here/$article.txt" | fold -s -w "$columns"
    fi
done

rule "page.html: a page, read as the server sent it"
"$copydesk" inspect --wrap "$here/page.html"

rule "What next"
cat <<NEXT
  Why did each line get its label?
      $copydesk inspect --why $here/wire-story.txt
  An article of your own, line by line; its clean text; the whole document
      $copydesk inspect --wrap article.txt
      $copydesk clean article.txt
      $copydesk clean --json article.txt
  A page of your own, and its clean text
      $copydesk inspect --wrap page.html
      $copydesk clean page.html
  A file of many, the story beside each record
      $copydesk clean corpus.jsonl --output clean.jsonl
  From Python
      make python
      .venv/bin/python -c 'import copydesk; print(copydesk.clean(open("article.txt").read()).title)'
  What the labels mean is in docs/labels.md, all else in README.md and
      $copydesk --help
NEXT

#!/bin/sh
# Fetch the front end's few files from their packages, trim them, and lay them in the tree.
#
# Run it only to change a version; its results are committed, so nobody needs Node to run the
# project. What is trimmed away, and why: the GDS Transport typeface, the Crown and the crest may
# be worn only by services on GOV.UK; the components named in DROP are not used here.
set -eu

GOVUK=6.6.0
FONT=5.3.0

root=$(cd "$(dirname "$0")/.." && pwd)
static="$root/src/wherewithal/web/govuk/static/govuk"
fixtures="$root/tests/unit/govuk_fixtures"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

unpack() { # unpack PACKAGE@VERSION FOLDER
    mkdir -p "$work/$2"
    (cd "$work" && tar xzf "$(npm pack --silent "$1")" -C "$2" --strip-components=1)
}

unpack "govuk-frontend@$GOVUK" govuk
unpack "@fontsource/atkinson-hyperlegible@$FONT" font
mkdir -p "$static/fonts" "$fixtures"

for face in 400-normal 400-italic 700-normal; do
    cp "$work/font/files/atkinson-hyperlegible-latin-$face.woff2" "$static/fonts/"
    cp "$work/font/files/atkinson-hyperlegible-latin-ext-$face.woff2" "$static/fonts/" 2>/dev/null || true
done
cp "$work/font/LICENSE" "$static/fonts/LICENSE-atkinson-hyperlegible.txt"
sed 's|//# sourceMappingURL=.*$||' "$work/govuk/dist/govuk/govuk-frontend.min.js" \
    > "$static/govuk-frontend.min.js"

cat > "$static/LICENSE-govuk-frontend.txt" <<'LICENCE'
govuk-frontend.min.css (trimmed) and govuk-frontend.min.js come from GOV.UK Frontend.

The MIT License (MIT)

Copyright (c) 2017 Crown Copyright (Government Digital Service)

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and
associated documentation files (the "Software"), to deal in the Software without restriction,
including without limitation the rights to use, copy, modify, merge, publish, distribute,
sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or
substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT
NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND
NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM,
DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT
OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
LICENCE

GOVUK_DIST="$work/govuk/dist/govuk" STATIC="$static" FIXTURES="$fixtures" node - <<'NODE'
const fs = require("node:fs");
const { GOVUK_DIST, STATIC, FIXTURES } = process.env;

const DROP = /\.govuk-(header|footer|logo|accordion|tabs|cookie-banner|file-upload|exit-this-page|feedback|language-navigation|password-input|generic-header|phase-banner|breadcrumbs|template--rebranded)/;

// Split minified CSS into [prelude, body] rules; body is null for a statement such as @charset.
function rules(css) {
  const found = [];
  let start = 0;
  for (let i = 0; i < css.length; i++) {
    if (css[i] === ";") { found.push([css.slice(start, i), null]); start = i + 1; }
    if (css[i] !== "{") continue;
    const prelude = css.slice(start, i).trim();
    let depth = 1, j = i + 1;
    for (; depth > 0; j++) depth += css[j] === "{" ? 1 : css[j] === "}" ? -1 : 0;
    found.push([prelude, css.slice(i + 1, j - 1)]);
    start = j; i = j - 1;
  }
  return found;
}

// Split a selector list at its commas, but not at those inside brackets.
const selectors = (prelude) => prelude.split(/,(?![^(]*\))/);

function trimmed(css) {
  return rules(css).map(([prelude, body]) => {
    if (body === null) return prelude + ";";
    if (prelude.startsWith("@font-face")) return "";
    if (/^@(media|supports)/.test(prelude)) {
      const inner = trimmed(body);
      return inner && `${prelude}{${inner}}`;
    }
    if (prelude.startsWith("@")) return `${prelude}{${body}}`;
    const kept = selectors(prelude).filter((one) => !DROP.test(one));
    return kept.length ? `${kept.join(",")}{${body}}` : "";
  }).join("");
}

const source = fs.readFileSync(`${GOVUK_DIST}/govuk-frontend.min.css`, "utf8")
  .replace(/\/\*[\s\S]*?\*\//g, "").replace(/^\uFEFF/, "");
const css = trimmed(source.trim()).replaceAll("GDS Transport", "Atkinson Hyperlegible");
if (/GDS|crest|url\(/i.test(css)) throw new Error("The trimmed CSS still names something it may not: " + css.match(/.{60}(GDS|crest|url\().{60}/gi));
fs.writeFileSync(`${STATIC}/govuk-frontend.min.css`,
  css.replace("@charset \"UTF-8\";", "@charset \"UTF-8\";/* GOV.UK Frontend, trimmed by scripts/vendor_frontend.sh */") + "\n");

const USED = ["back-link", "button", "character-count", "checkboxes", "date-input", "details",
  "error-summary", "input", "inset-text", "notification-banner", "pagination", "panel", "radios",
  "select", "service-navigation", "skip-link", "summary-list", "table", "tag", "task-list",
  "textarea", "warning-text"];
for (const name of USED) {
  const { fixtures } = JSON.parse(fs.readFileSync(`${GOVUK_DIST}/components/${name}/fixtures.json`));
  const lines = fixtures.map(({ name, options, html }) => JSON.stringify({ name, options, html }));
  fs.writeFileSync(`${FIXTURES}/${name}.json`, `[\n${lines.join(",\n")}\n]\n`);
}
NODE
cp "$static/LICENSE-govuk-frontend.txt" "$fixtures/LICENSE.txt"
echo "Vendored GOV.UK Frontend $GOVUK and Atkinson Hyperlegible $FONT."

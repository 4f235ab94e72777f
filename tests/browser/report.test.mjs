// The report in a real browser: reading, filtering, stepping, deciding, printing.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { ROOT, check, folder, launch, open, printed, samples, scratch, violations } from "./browser.mjs";

let browser;
let report;
before(async () => {
  browser = await launch();
  report = samples();
});
after(() => browser.close());

/** Opens the samples' report, and closes it after `use`. Whatever else is tested, nothing may be complained of or asked for. */
async function within(options, use, file = report) {
  const page = await open(browser, file, options);
  try {
    await use(page);
    assert.deepEqual(page.trouble, []);
  } finally {
    await page.context().close();
  }
}
const shown = (page, selector) => page.locator(selector).filter({ visible: true }).count();
const openFolds = (page) => page.evaluate(() => document.querySelectorAll("details.rest").forEach((fold) => { fold.open = true; }));

test("the verdict is a sentence, and numbers add up", () => within({}, async (page) => {
  assert.match(await page.locator("h1").textContent(), /^\d+ of \d+ documents have to be corrected/);
  const tiles = await page.locator(".tiles b").allTextContents();
  const findings = await page.locator(".finding").count();
  assert.equal(tiles.slice(0, 4).reduce((sum, tile) => sum + Number(tile), 0), findings);
  const numbers = await page.locator(".finding .no").allTextContents();
  assert.deepEqual(numbers, Array.from({ length: findings }, (_, n) => `No. ${n + 1}`));
}));

test("filters choose, are kept in the address, and are read from it", () => within({}, async (page) => {
  await openFolds(page);
  const all = await shown(page, ".finding");
  await page.selectOption("[name=rule]", "image-credit");
  await page.waitForFunction(() => location.hash === "#/rule=image-credit");
  const some = await shown(page, ".finding");
  assert.ok(some > 0 && some < all);
  assert.equal(await shown(page, ".rule[data-rule]:not([data-rule=image-credit])"), 0);
  await page.fill("[name=text]", "boxes.png");
  await page.waitForFunction(() => location.hash.includes("text=boxes.png"));
  assert.equal(await shown(page, ".finding"), 1);
  assert.match(await page.locator("#shown").textContent(), /^1 of \d+ findings shown/);
  await page.reload();
  await openFolds(page);
  assert.equal(await shown(page, ".finding"), 1);
  assert.equal(await page.inputValue("[name=rule]"), "image-credit");
  await page.click("button[type=reset]");
  await page.waitForFunction(() => !location.hash.includes("rule"));
  assert.equal(await shown(page, ".finding"), all);
}));

test("filters by language, use and state choose documents", () => within({ hash: "#/language=ru&use=ai-train&state=r" }, async (page) => {
  const rows = await page.locator(".matrix tbody tr").filter({ visible: true }).allTextContents();
  assert.ok(rows.every((row) => row.includes("/ru/")), rows.join());
  await page.selectOption("[name=state]", "");
  await page.selectOption("[name=use]", "");
  await page.waitForFunction(() => location.hash === "#/language=ru");
  assert.equal(await shown(page, ".matrix tbody tr"), 1);
  assert.equal(await shown(page, "article.document"), 1);
}));

test("an address that names no known value shows everything", () => within({ hash: "#/rule=no-such-rule&kind=%3Cb%3E" }, async (page) => {
  await openFolds(page);
  assert.equal(await shown(page, ".finding"), await page.locator(".finding").count());
}));

test("keys step through findings, open documents, filter and help", () => within({}, async (page) => {
  const current = () => page.evaluate(() => document.activeElement.id);
  const ids = await page.locator(".finding").evaluateAll((all) => all.map((one) => one.id));
  await page.keyboard.press("j");
  assert.equal(await current(), ids[0]);
  await page.keyboard.press("j");
  assert.equal(await current(), ids[1]);
  await page.keyboard.press("k");
  assert.equal(await current(), ids[0]);
  await page.keyboard.press("o");
  assert.match(await page.evaluate(() => location.hash), /^#d\d+$/);
  await page.keyboard.press("f");
  assert.equal(await page.evaluate(() => document.activeElement.name), "text");
  await page.keyboard.type("jj");
  assert.equal(await page.inputValue("[name=text]"), "jj");
  await page.keyboard.press("Escape");
  await page.keyboard.press("?");
  assert.equal(await shown(page, "#help"), 1);
}));

test("decisions are kept, exported, and read back by a colleague", async () => {
  let exported;
  await within({ acceptDownloads: true }, async (page) => {
    await page.keyboard.press("j");
    await page.keyboard.press("d");
    await page.click("#decide [value=waive]");
    await page.click("#decide .primary");
    assert.equal(await shown(page, "#decide"), 1, "a waiver needs a note and an end");
    await page.fill("#decide [name=note]", 'Drawn by "us" \\ on 2026-11-01 ');
    await page.fill("#decide [name=ends]", "2027-05-31");
    await page.selectOption("#decide [name=reason]", "own-work");
    await page.fill("#decide [name=by]", "n.petrova@example.org");
    await page.click("#decide .primary");
    assert.equal(await page.locator(".decision").count(), 1);
    const cause = page.locator(".cause:has(.folded)").first();
    const together = await cause.locator(".finding").count();
    await cause.locator("header .decide").click();
    await page.click("#decide [value=fix]");
    await page.click("#decide .primary");
    assert.equal(await page.locator(".decision").count(), 1 + together);
    await page.reload();
    assert.equal(await page.locator(".decision").count(), 1 + together);
    await page.click("#filters summary");
    await page.selectOption("#filters [name=decision]", "waive");
    await page.waitForFunction(() => location.hash === "#/decision=waive");
    assert.equal(await shown(page, ".finding"), 1);
    const [download] = await Promise.all([page.waitForEvent("download"), page.click("#export")]);
    assert.equal(download.suggestedFilename(), "decisions.toml");
    exported = readFileSync(await download.path(), "utf8");
    assert.equal(exported.match(/^\[\[decision\]\]$/gm).length, 1 + together);
    assert.match(exported, /^schema = 1\npolicy = "harbour-post 2026.11"\nas-of = 2026-11-22\nby = "n.petrova@example.org"\n\n\[\[decision\]\]\nfingerprint = "rc1-/);
    assert.ok(exported.includes('decision = "waive"\nreason = "own-work"\nnote = "Drawn by \\"us\\" \\\\ on 2026-11-01"\nends = 2027-05-31\n'), exported);
  });
  await within({ acceptDownloads: true }, async (page) => {
    assert.equal(await page.locator(".decision").count(), 0, "another person's browser");
    await page.setInputFiles("#import-file", { name: "decisions.toml", mimeType: "application/toml", buffer: Buffer.from(exported) });
    await page.waitForSelector(".decision");
    const [download] = await Promise.all([page.waitForEvent("download"), page.click("#export")]);
    const again = readFileSync(await download.path(), "utf8");
    assert.equal(again, exported.replace(/^by = .*\n/m, ""));
    await page.setInputFiles("#import-file", { name: "x.toml", mimeType: "text/plain", buffer: Buffer.from("not a <b>file</b> of ours") });
    await page.waitForFunction(() => document.querySelector("#decided").textContent.startsWith("this is not a decisions.toml"));
  });
});

test("the matrix is sorted by a column", () => within({}, async (page) => {
  await page.click(".matrix th[data-use=tdm] [role=button]");
  const cells = () => page.locator(".matrix tbody td:nth-child(7)").allTextContents();
  assert.match((await cells())[0], /conflict/);
  await page.click(".matrix th[data-use=tdm] [role=button]");
  assert.match((await cells())[0], /–/);
}));

test("everything is there without script", async () => {
  const text = (page) => page.locator("main").evaluate((main) => main.textContent);
  await within({ javaScriptEnabled: false }, async (page) => {
    assert.equal(await shown(page, "#filters"), 0);
    assert.equal(await shown(page, "#bar"), 0);
    const hidden = await page.locator(".finding").count() - await shown(page, ".finding");
    const folded = await page.locator("details.rest .finding").count();
    assert.equal(hidden, folded, "only folds hide findings, and they open without script");
    assert.match(await page.locator("#annex").textContent(), /does not say what is lawful/);
  });
});

test("a folder has an index and a page for each document", async () => {
  const index = join(check(ROOT, ["samples"], join(scratch, "apart/")), "index.html");
  await within({ within: scratch }, async (page) => {
    assert.equal(await page.locator("article.document").count(), 0);
    const pages = readdirSync(join(scratch, "apart/pages/documents"));
    await page.click("text=The matrix, document by document");
    assert.equal(await page.locator(".matrix tbody tr").count(), pages.length);
    await page.click(".matrix th[data-use=tdm] [role=button]");
    assert.match(await page.locator(".matrix tbody tr").first().textContent(), /conflict/);
    await page.click("text=Back to the report");
    const fingerprint = await page.locator(".finding").first().getAttribute("id");
    await page.locator(".finding .where a").first().click();
    await page.waitForURL(/\/pages\/documents\/.*#rc1-/);
    assert.equal(await page.locator(".finding").filter({ visible: true }).first().isVisible(), true);
    assert.ok(await page.locator(`[id="${fingerprint}"]`).isVisible());
    assert.notEqual(await page.evaluate(() => getComputedStyle(document.body).margin), "8px", "the style sheet is read");
    await page.click("text=All documents");
    assert.match(await page.locator("h1").textContent(), /documents have to be corrected/);
  }, index);
});

// ---- Untrusted text

const HOSTILE = {
  "rightscheck.toml": 'schema = 1\n[policy]\nid = "hostile"\nname = "</title><script>alert(1)</script>"\nextends = ["builtin:publish"]\n',
  "a\"><img src=x onerror=alert(2)>.html": `<html lang="en"><head><title>t</title><link rel="canonical" href="javascript:alert(3)">
<meta name="author" content="&quot;&gt;&lt;img src=x onerror=alert(4)&gt;">
<script type="application/ld+json">{"@type":"NewsArticle","headline":"</scr\u0069pt>","author":"x"}</script></head>
<body><article><h1>&lt;script&gt;alert(5)&lt;/script&gt; \u202Egnikcart\u202C</h1><p>By &lt;svg onload=alert(6)&gt;</p>
<figure><img src="x.png?&quot;&gt;&lt;script&gt;alert(7)&lt;/script&gt;" alt="&lt;img src=x onerror=alert(8)&gt;"><figcaption>\u2066Photo: &lt;iframe src=javascript:alert(9)&gt;</figcaption></figure>
<p>Any use of this text requires the prior consent of &lt;b onclick=alert(10)&gt;Nova\u202E Media&lt;/b&gt; Ltd, including text and data mining.</p></article>
<footer>© 2019 &lt;/script&gt;&lt;script&gt;alert(11)&lt;/script&gt; Ltd. <a href="javascript:alert(12)">Terms of use</a></footer></body></html>`,
  "b.md": "---\ntitle: '<!-- <script>alert(13)</script>'\nauthor: '{{ 7*7 }} </script>'\n---\n\n# [x](javascript:alert(14))\n\n![<b>](\"><script>alert(15)</script>.png)\n\nCC BY 4.0 ]]> <style>*{display:none}</style>\n",
};

test("text of documents stays text", async () => {
  const at = folder("hostile", HOSTILE);
  for (const target of [join(scratch, "hostile.html"), join(scratch, "hostile-apart/")]) {
    check(at, ["."], target);
    const file = target.endsWith("/") ? join(target, "index.html") : target;
    const others = target.endsWith("/") ? readdirSync(join(target, "pages/documents")).map((name) => join(target, "pages/documents", name)) : [];
    for (const path of [file, ...others]) {
      await within({ within: scratch }, async (page) => {
        assert.equal(await page.locator("img, iframe, svg, object, embed, main script, main style, base").count(), 0);
        const links = await page.locator("a[href]").evaluateAll((all) => all.map((a) => a.getAttribute("href")));
        assert.deepEqual(links.filter((href) => !/^(#|https?:|(\.\.\/|[\w-]+\/)*[\w.%-]+(#|$))/.test(href)), []);
        const handlers = await page.evaluate(() => [...document.querySelectorAll("*")].filter((e) => [...e.attributes].some((a) => /^on/i.test(a.name))).length);
        assert.equal(handlers, 0);
        const text = await page.evaluate(() => document.documentElement.textContent);
        assert.doesNotMatch(text.replace(await page.locator("script").allTextContents().then((all) => all.join("")), ""), /[\u202A-\u202E\u2066-\u2069]/);
        await page.waitForTimeout(100);
      }, path);
    }
  }
  await within({ within: scratch }, async (page) => {
    const text = await page.locator("main").textContent();
    for (const words of ["<script>alert(5)</script>", "⟦U+202E⟧", "<b onclick=alert(10)>Nova"]) assert.ok(text.includes(words), words);
    await page.fill("[name=text]", "<img src=x onerror=alert(20)>");
    await page.waitForFunction(() => location.hash.includes("text="));
  }, join(scratch, "hostile.html"));
});

test("nothing can be added that runs or asks for anything", async () => {
  const page = await open(browser, report);
  const blocked = [];
  page.on("requestfailed", (request) => blocked.push(`${request.url()} ${request.failure().errorText}`));
  await page.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "window.ran = true";
    document.body.append(script);
    const picture = document.createElement("img");
    picture.src = "https://example.org/pixel.png";
    document.body.append(picture);
    picture.setAttribute("onerror", "window.ran = true");
  });
  await page.waitForTimeout(200);
  assert.equal(await page.evaluate(() => window.ran), undefined);
  assert.deepEqual(blocked, ["https://example.org/pixel.png csp"]);
  assert.equal(page.trouble.filter((line) => /Content Security Policy/.test(line)).length, 3, page.trouble.join("\n"));
  await page.context().close();
});

// ---- Paper

for (const javaScriptEnabled of [true, false]) {
  test(`on paper no finding is cut, ${javaScriptEnabled ? "with" : "without"} script`, () => within({ javaScriptEnabled }, async (page) => {
    const told = await page.locator(".finding, .cause h4 .said, .shared").evaluateAll((all) => all.flatMap((one) => [...one.querySelectorAll(".no, .path, .message, mark, .around, .notes li, .searched, .remark")].concat(one.matches(".said") ? one : []).map((e) => e.textContent)));
    const paper = await printed(page);
    const missing = told.map((words) => words.replace(/\s+/g, "")).filter((words) => words && !/[^\u0000-\u024f\u2000-\u206f]/.test(words) && !paper.includes(words) && !paper.includes(words.slice(0, 40)));
    assert.deepEqual(missing, []);
    assert.ok(!paper.includes("decisions.toml"), "tools of the screen stay off paper");
    for (const part of ["Whatneedsaperson", "Findingsbyrule", "Whatthedocumentsallow", "Exceptions", "Thepolicy,methodandlimits"]) assert.ok(paper.includes(part), part);
  }));
}

test("a filtered print says what it shows", () => within({ hash: "#/rule=image-credit" }, async (page) => {
  const paper = await printed(page);
  assert.match(paper, /\d+of\d+findingsshown:rule“/);
  assert.ok(!paper.includes("Thepagehasnocopyrightline"));
}));

// ---- Accessibility

for (const [colorScheme, width, only] of [["light", 1440], ["light", 390], ["dark", 1440, ["color-contrast", "link-in-text-block"]]]) {
  test(`axe-core finds nothing, ${colorScheme}, ${width} wide`, async () => {
    const index = join(check(ROOT, ["samples"], join(scratch, "axe/")), "index.html");
    const pages = join(scratch, "axe/pages/documents");
    for (const file of [report, index, join(scratch, "axe/pages/collection.html"), join(pages, readdirSync(pages)[10])]) {
      await within({ colorScheme, viewport: { width, height: 900 }, within: scratch, bypassCSP: true }, async (page) => {
        await page.evaluate(() => document.querySelectorAll("details").forEach((one) => { one.open = true; }));
        assert.deepEqual(await violations(page, only), []);
        if (file !== index) return;
        await page.keyboard.press("j");
        await page.keyboard.press("d");
        assert.deepEqual(await violations(page, only), [], "while deciding");
      }, file);
    }
  });
}

// ---- Size

test("10,000 findings in 3,000 documents: the index opens within a second", async () => {
  const files = {};
  for (let n = 0; n < 3000; n += 1) {
    const pictures = Array.from({ length: n % 3 ? 2 : 1 }, (_, i) => `<figure><img src="p${n}-${i}.jpg" alt="View ${i}"><figcaption>The harbour, view ${i}</figcaption></figure>`).join("\n");
    files[`news/${n % 40}/article-${n}.html`] = `<html lang="en"><head><title>Article ${n}</title></head><body><article><h1>Article ${n}</h1>\n<p>The harbour was closed on day ${n}.</p>\n${pictures}\n</article></body></html>`;
  }
  const at = folder("large", files);
  const target = check(at, ["."], join(scratch, "large-run.html"));
  const times = [];
  for (let run = 0; run < 3; run += 1) {
    await within({ within: scratch }, async (page) => {
      times.push(await page.evaluate(() => performance.getEntriesByType("navigation")[0].loadEventEnd));
      if (run > 0) return;
      const findings = await page.locator(".finding").count();
      assert.ok(findings >= 10000, `${findings}`);
      const start = Date.now();
      await page.selectOption("[name=section]", "news/7");
      await page.waitForFunction(() => location.hash === "#/section=news%2F7");
      assert.match(await page.locator("#shown").textContent(), /^\d+ of [\d,]+ findings shown/);
      assert.ok(Date.now() - start < 2000, `filtered in ${Date.now() - start} ms`);
    }, target);
  }
  assert.ok(Math.min(...times) < 1000, `opened in ${times.map(Math.round).join(", ")} ms`);
});

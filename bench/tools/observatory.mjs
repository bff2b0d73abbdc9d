// Grade answers of a site that nobody outside can reach, with the Observatory's own tests.
//
// It reads answers as JSON from standard input and prints what each page scores. The tool's own
// scan would look the name up and want a certificate that somebody signed; its tests want neither,
// so they get the answers that the site gives behind a proxy which says "https".

import { readFileSync, existsSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const TOOL = new URL("./node_modules/@mdn/mdn-http-observatory/", import.meta.url);
const PRELOADED = fileURLToPath(new URL("conf/hsts-preload.json", TOOL));

// Its set-up would fetch the list of names that browsers know for https; ours is not on it.
if (!existsSync(PRELOADED)) writeFileSync(PRELOADED, "{}");

const { ALL_TESTS } = await import(new URL("src/constants.js", TOOL));
const { Requests } = await import(new URL("src/types.js", TOOL));
const { Session } = await import(new URL("src/retriever/session.js", TOOL));
const { parseHttpEquivHeaders } = await import(new URL("src/retriever/utils.js", TOOL));
const { MINIMUM_SCORE_FOR_EXTRA_CREDIT } = await import(new URL("src/grader/charts.js", TOOL));
const { getGradeForScore, getScoreModifier } = await import(new URL("src/grader/grader.js", TOOL));

/** What the tool's tests look at, made of one page's answers. */
function asRequests({ host, path, secure, plain, preflight }) {
  const address = new URL(path, `https://${host}`);
  const requests = new Requests(host);
  const answer = ({ status, headers, body }) => ({ status, headers, data: body, verified: true });
  requests.session = new Session(address);
  for (const cookie of secure.headers["set-cookie"] ?? []) {
    requests.session.jar.setCookieSync(cookie, address.href);
  }
  requests.resources.path = secure.body;
  requests.responses.https = answer(secure);
  requests.responses.auto = answer(secure);
  requests.responses.auto.httpEquiv = parseHttpEquivHeaders(secure.body, address.href);
  requests.responses.cors = answer(preflight);
  requests.responses.http = answer(plain);
  const from = new URL(path, `http://${host}`);
  requests.responses.httpRedirects = [{ url: from, status: plain.status }];
  if (plain.headers.location) {
    const to = new URL(plain.headers.location, from);
    requests.responses.httpRedirects.push({ url: to, status: secure.status });
  }
  return requests;
}

/** Points as its scanner counts them: extra ones count only for who has 90 without. */
function grade(page) {
  const results = ALL_TESTS.map((test) => test(asRequests(page)));
  const points = results.map(({ result }) => getScoreModifier(result));
  const lost = points.filter((number) => number < 0).reduce((sum, number) => sum + number, 100);
  const all = points.reduce((sum, number) => sum + number, 100);
  const final = getGradeForScore(lost >= MINIMUM_SCORE_FOR_EXTRA_CREDIT ? all : lost);
  const tests = results.map(({ result, pass }, index) => ({ result, pass, points: points[index] }));
  return { path: page.path, ...final, tests };
}

console.log(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map(grade)));

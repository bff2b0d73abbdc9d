// Warns before a session ends, keeps it while somebody works in the page, and never takes away
// what was typed: after the end, somebody signs in again in another tab and goes on here.
(() => {
  const script = document.currentScript;
  const address = script.dataset.state;
  const words = JSON.parse(script.dataset.words);
  const WARN_SECONDS = 120;
  const TELL_SECONDS = 60;
  let endsAt = Date.now() + Number(script.dataset.seconds) * 1000;
  let toldAt = Date.now();
  let isOver = false;

  const box = document.createElement("dialog");
  const text = document.createElement("p");
  const button = document.createElement("button");
  const link = document.createElement("a");
  box.className = "session-notice";
  box.setAttribute("aria-labelledby", "session-notice-text");
  text.id = "session-notice-text";
  button.type = "button";
  button.className = "button";
  button.textContent = words.stay;
  link.className = "button";
  link.textContent = words.again;
  link.href = script.dataset.login;
  link.target = "_blank";
  box.append(text, button, link);

  const token = () =>
    document.querySelector("input[name=csrfmiddlewaretoken]")?.value || window.wagtailConfig?.CSRF_TOKEN || "";

  function renew(fresh) {
    for (const field of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) field.value = fresh;
    if (window.wagtailConfig) window.wagtailConfig.CSRF_TOKEN = fresh;
  }

  function hear(state) {
    isOver = !state.signed_in;
    if (isOver) return;
    endsAt = Date.now() + state.seconds_left * 1000;
    renew(state.token);
  }

  async function ask(method) {
    try {
      const headers = { "X-CSRFToken": token(), "X-Requested-With": "XMLHttpRequest", Accept: "application/json" };
      const answer = await fetch(address, { method, headers, redirect: "manual" });
      hear(answer.ok ? await answer.json() : { signed_in: false });
    } catch {
      // No network: the server says how it stands when it is back.
    }
    show();
  }

  function show() {
    const left = Math.round((endsAt - Date.now()) / 1000);
    const isDue = isOver || left < WARN_SECONDS;
    text.textContent = isOver ? words.over : words.soon;
    button.hidden = isOver;
    link.hidden = !isOver;
    if (isDue && !box.open) {
      if (!box.isConnected) document.body.append(box);
      box.showModal();
    } else if (!isDue && box.open) {
      box.close();
    }
  }

  function someoneIsThere() {
    if (isOver || box.open || Date.now() - toldAt < TELL_SECONDS * 1000) return;
    toldAt = Date.now();
    ask("POST");
  }

  button.addEventListener("click", () => ask("POST"));
  box.addEventListener("cancel", (event) => event.preventDefault());
  for (const sign of ["keydown", "pointerdown"]) document.addEventListener(sign, someoneIsThere, { passive: true });
  window.addEventListener("focus", () => (isOver ? ask("GET") : show()));
  setInterval(() => (!isOver && Date.now() > endsAt - WARN_SECONDS * 1000 ? ask("GET") : show()), 10_000);
})();

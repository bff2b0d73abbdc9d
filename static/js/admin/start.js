// Starts the widgets of Wagtail's that a page of the admin names, so that no script needs to stand
// in the page itself. What may be started is listed here: a name in a page is not trusted.
(() => {
  const functions = ["initDateChooser", "initTimeChooser", "initDateTimeChooser", "createTaskChooser"];
  const panels = ["InlinePanel"];

  function start(template) {
    const name = template.dataset.start;
    const given = JSON.parse(template.dataset.with);
    template.removeAttribute("data-start"); // Once only, wherever it is moved to.
    if (functions.includes(name)) {
      window[name](...given);
    } else if (panels.includes(name) || /^([A-Z][A-Za-z]*)?Chooser$/.test(name)) {
      new window[name](...given);
    }
  }

  function startAllIn(element) {
    if (element.matches("template[data-start]")) start(element);
    element.querySelectorAll("template[data-start]").forEach(start);
  }

  // As soon as a template is there, in the page or in what is added to it later.
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes) {
      for (const node of addedNodes) {
        if (node.nodeType === Node.ELEMENT_NODE && node.isConnected) startAllIn(node);
      }
    }
  }).observe(document, { childList: true, subtree: true });
  startAllIn(document.documentElement);
})();

// Shows what needs a passkey where the browser has them, and says so when one does not answer.
document.addEventListener("DOMContentLoaded", () => {
  const form = document.getElementById("passkey-form");
  const error = document.getElementById("passkey-error");
  form.hidden = !("PublicKeyCredential" in window);
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    error.hidden = false;
  });
});

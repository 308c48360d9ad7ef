// allauth's scripts ask the browser for a passkey; what went wrong is said where the page has room for it.
document.addEventListener("allauth.error", event => {
  event.preventDefault();
  const place = document.querySelector("[data-passkey-error]"), { name, message } = event.detail.exception;
  place.hidden = false;
  place.textContent = name === "NotAllowedError" ? "No key was used. Try again, or choose another way." : message;
});

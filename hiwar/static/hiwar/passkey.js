// When the browser gives no passkey, say so beside the button; the person may have stopped it on purpose.
document.addEventListener("allauth.error", (event) => {
  const trouble = document.getElementById("passkey_trouble");
  if (!trouble) return;
  event.preventDefault();
  trouble.hidden = false;
});

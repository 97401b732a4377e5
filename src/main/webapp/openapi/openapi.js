/*
 * The page of the HTTP API: Swagger UI with the server's own document, and a token of an administrator on demand.
 */

const root = document.documentElement;
const system = matchMedia("(prefers-color-scheme: dark)");

/** Shows Swagger UI in the page's theme. */
function showTheme() {
  const dark = root.dataset.theme ? root.dataset.theme === "dark" : system.matches;
  root.classList.toggle("dark-mode", dark);
}

/** Has the demo make the visitor an administrator for an hour. */
async function becomeAdministrator(ui) {
  const who = document.getElementById("who");
  try {
    const answer = await fetch("../api/demo/token?user=1&admin=true");
    if (!answer.ok) {
      throw new Error(answer.statusText);
    }
    const { token } = await answer.json();
    ui.preauthorizeApiKey("bearer", token);
    who.textContent = "You are user 1, an administrator, for an hour.";
  } catch {
    who.textContent = "The server gave no token. Please try again.";
  }
}

showTheme();
system.addEventListener("change", showTheme);
new MutationObserver(showTheme).observe(root, { attributeFilter: ["data-theme"] });

const ui = window.SwaggerUIBundle({
  url: "../openapi?format=json",
  domNode: document.getElementById("ui"),
  docExpansion: "list",
  defaultModelsExpandDepth: 0,
  tryItOutEnabled: true,
  onComplete: () => {
    // Swagger UI takes itself for the whole page, which has its main part already.
    for (const part of document.querySelectorAll("#ui main")) {
      part.setAttribute("role", "region");
      part.setAttribute("aria-label", "Operations");
    }
    root.dataset.ready = "true";
  },
});
document.getElementById("administrator").addEventListener("click", () => becomeAdministrator(ui));

// Keeps a page live, without a framework. The server says on /live that there is something new; the page then fetches its own
// main part and takes over what differs, so that focus, scroll position, selection and open details stay. When the server falls
// silent, everything on the page is marked as old.
(() => {
  "use strict";
  const LOST_AFTER = 5000, MIN_PAUSE = 500, REOPEN = 10000, FETCH_TIMEOUT = 10000;
  const POLL = { stream: 10000, noStream: 3000, hidden: 30000 };
  const root = document.documentElement;
  const main = document.getElementById("main");
  const banner = document.getElementById("connection");
  if (!main || !banner) return;

  // The clocks: `heard` is when the server last said anything, `offset` what to add to our clock to have the server's.
  let heard = performance.now(), fresh = new Date(), offset = 0, version = null, lost = false;
  let source = null, reopenAt = 0, leaving = false, busy = false, again = false, dirty = false, lastFetch = 0, hover = null;
  const takeClock = () => { offset = Number(main.dataset.now) - Date.now(); };

  // ---- what differs is taken over ----
  const key = (node) => node.nodeType === 1 ? node.id || node.dataset.key || "" : "";
  const alike = (a, b) => a.nodeType === b.nodeType && a.nodeName === b.nodeName && key(a) === key(b);
  const mine = (node, name) => (name === "open" && node.nodeName === "DETAILS") || (name === "tabindex" && node === main);

  function morph(have, want) {
    if (have.nodeType !== 1) {
      if (have.nodeValue !== want.nodeValue) have.nodeValue = want.nodeValue;
      return;
    }
    for (const { name } of [...have.attributes]) {
      if (!want.hasAttribute(name) && !mine(have, name)) have.removeAttribute(name);
    }
    for (const { name, value } of want.attributes) {
      if (have.getAttribute(name) !== value && !mine(have, name)) have.setAttribute(name, value);
    }
    if (have === document.activeElement && /^(INPUT|SELECT|TEXTAREA)$/.test(have.nodeName)) return;
    const keyed = new Map();
    for (const child of have.children) if (key(child)) keyed.set(key(child), child);
    let at = have.firstChild;
    for (const next of [...want.childNodes]) {
      const name = key(next);
      const found = name ? keyed.get(name) : at && alike(at, next) ? at : null;
      if (!found || !alike(found, next)) {
        have.insertBefore(document.importNode(next, true), at);
        continue;
      }
      if (found === at) at = at.nextSibling;
      else have.insertBefore(found, at);
      morph(found, next);
    }
    while (at) { const gone = at; at = at.nextSibling; gone.remove(); }
  }

  function takeOver(text) {
    const next = new DOMParser().parseFromString(text, "text/html").querySelector("main");
    if (!next) throw new Error("no main part in the answer");
    const focused = document.activeElement, said = main.dataset.announce;
    morph(main, next);
    if (focused && focused !== document.activeElement && main.contains(focused)) focused.focus({ preventScroll: true });
    document.title = main.dataset.title || document.title;
    const announce = document.getElementById("announce");
    if (announce && main.dataset.announce !== said) announce.textContent = main.dataset.announce || "";
    fresh = new Date();
    takeClock();
    tick();
    if (hover) readOut(hover.plot, hover.share);
  }

  async function refresh() {
    if (leaving) return;
    if (busy) { again = true; return; }
    busy = true;
    again = dirty = false;
    try {
      const wait = lastFetch + MIN_PAUSE - performance.now();
      if (wait > 0) await new Promise((done) => setTimeout(done, wait));
      lastFetch = performance.now();
      const answer = await fetch(location.href, {
        headers: { "X-Kalmar-Fragment": "1" }, cache: "no-store", credentials: "same-origin", signal: AbortSignal.timeout(FETCH_TIMEOUT),
      });
      if (answer.status === 401) {
        leaving = true;
        close();
        location.assign("/signin?return=" + encodeURIComponent(location.pathname + location.search));
        return;
      }
      if (!answer.ok) throw new Error("status " + answer.status);
      takeOver(await answer.text());
      alive();
    } catch {
      // Left dirty: the tick tries again, and marks the page when the server stays silent.
      dirty = true;
    } finally {
      busy = false;
    }
    if (again) refresh();
  }

  // ---- the stream ----
  function alive() {
    heard = performance.now();
    if (lost) { lost = false; mark(); }
  }

  function open() {
    source = new EventSource("/live");
    const word = (event) => {
      const was = lost;
      if (event.data !== version || was || dirty) { version = event.data; refresh(); }
      if (!was) alive();
    };
    source.addEventListener("snapshot", word);
    source.addEventListener("heartbeat", word);
    source.onerror = () => {
      // A browser gives up after an answer that is no stream (signed out, too many pages): ask for the page, then try again.
      if (source && source.readyState === EventSource.CLOSED) {
        close();
        reopenAt = performance.now() + REOPEN;
        refresh();
      }
    };
  }

  function close() {
    if (source) source.close();
    source = null;
  }

  function mark() {
    root.classList.toggle("lost", lost);
    banner.hidden = !lost;
    banner.textContent = lost ? "Connection to Kalmar lost. Data from " + fresh.toLocaleTimeString("en-GB") + "." : "";
  }

  // ---- ages ----
  function ago(seconds) {
    const s = Math.max(0, Math.floor(seconds)), m = Math.floor(s / 60), h = Math.floor(m / 60), d = Math.floor(h / 24);
    if (s < 60) return s + " s";
    if (s < 600 && s % 60) return m + " min " + (s % 60) + " s";
    if (m < 60) return m + " min";
    if (d < 1) return m % 60 ? h + " h " + (m % 60) + " min" : h + " h";
    return h % 24 ? d + " d " + (h % 24) + " h" : d + " d";
  }

  function tick() {
    const now = Date.now() + offset;
    for (const time of main.querySelectorAll("time[data-received]")) {
      const text = ago((now - time.dataset.received) / 1000) + (time.dataset.suffix ?? " ago");
      if (time.textContent !== text) time.textContent = text;
    }
    for (const part of main.querySelectorAll("[data-stale-after]")) {
      if (now - part.dataset.received > part.dataset.staleAfter * 1000) part.classList.add("stale");
    }
  }

  setInterval(() => {
    if (leaving) return;
    const sinceFetch = performance.now() - lastFetch;
    if (sinceFetch > (document.hidden ? POLL.hidden : source ? POLL.stream : POLL.noStream)) refresh();
    if (document.hidden) return;
    if (!source && performance.now() >= reopenAt) open();
    if (!lost && performance.now() - heard > LOST_AFTER) { lost = true; mark(); }
    if (dirty) refresh();
    tick();
  }, 1000);

  // A browser allows few connections to one server: a page that nobody sees gives its stream back.
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) { close(); return; }
    heard = performance.now();
    if (!source) open();
    refresh();
  });
  addEventListener("pageshow", (event) => { if (event.persisted) refresh(); });
  addEventListener("pagehide", close);

  // ---- links that only sort or filter: no reload, the place stays ----
  addEventListener("click", (event) => {
    const link = event.target.closest("a[data-swap]");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    history.replaceState(null, "", link.href);
    refresh();
  });
  addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false;
  });
  addEventListener("keydown", (event) => {
    if (event.key === "Escape") for (const menu of document.querySelectorAll("details.menu[open]")) { menu.open = false; menu.firstElementChild.focus(); }
  });

  // ---- graphs: the values under the pointer, read back from the drawn lines ----
  function units(value, unit) {
    const bytes = unit.startsWith("bytes"), step = bytes ? 1024 : 1000, names = bytes ? ["B", "KiB", "MiB", "GiB", "TiB", "PiB"] : ["", "k", "M", "G", "T"];
    let rest = value, at = 0;
    const plain = unit === "percent" ? " %" : unit === "ms" ? " ms" : "";
    if (!plain) while (rest >= step && at < names.length - 1) { rest /= step; at++; }
    const text = rest >= 100 ? rest.toFixed(0) : String(Number(rest.toFixed(rest >= 10 ? 1 : 2)));
    return text + (bytes ? " " : "") + (plain || names[at]) + (unit.endsWith("rate") ? "/s" : "");
  }

  function readOut(plot, share) {
    const figure = plot.closest("figure"), max = Number(plot.dataset.max), from = Number(plot.dataset.from), until = Number(plot.dataset.until);
    const width = plot.viewBox.baseVal.width, height = plot.viewBox.baseVal.height, x = share * width;
    const cursor = plot.querySelector(".cursor");
    cursor.setAttribute("x1", x);
    cursor.setAttribute("x2", x);
    cursor.classList.add("on");
    figure.querySelector(".at").textContent = new Date(from + share * (until - from)).toLocaleTimeString("en-GB");
    for (const line of plot.querySelectorAll("path.line")) {
      let best = null;
      for (const [, px, py] of line.getAttribute("d").matchAll(/([\d.]+) ([\d.]+)/g)) {
        if (!best || Math.abs(px - x) < Math.abs(best[0] - x)) best = [px, py];
      }
      const cell = figure.querySelector('[data-value="' + line.dataset.series + '"]');
      if (best && cell) cell.textContent = Math.abs(best[0] - x) < width / 30 ? units((1 - best[1] / height) * max, plot.dataset.unit) : "–";
    }
  }

  main.addEventListener("pointermove", (event) => {
    const plot = event.target.closest("svg.plot");
    if (!plot) return;
    const box = plot.getBoundingClientRect();
    hover = { plot, share: Math.min(1, Math.max(0, (event.clientX - box.left) / box.width)) };
    readOut(plot, hover.share);
  });
  main.addEventListener("pointerout", (event) => {
    if (hover && !(event.relatedTarget instanceof Element && event.relatedTarget.closest("svg.plot"))) { hover = null; refresh(); }
  });

  takeClock();
  root.classList.add("live");
  if (!document.hidden) open();
})();

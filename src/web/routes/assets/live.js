// What a script adds to pages that are complete without it: the local time in tooltips, and an open
// page that refreshes itself. It is given words and times only by the page itself.

const main = document.querySelector('main');
const live = document.querySelector('.live');
const how = live.querySelector('.how');
const said = live.querySelector('[role=status]');
const pause = live.querySelector('button');
const typingMs = 250;

let paused = false;
let latest = 0;
let counts = announced();

/** Every title gets the time of the reader's own zone, beside UTC. */
function localise(root) {
  for (const time of root.querySelectorAll('time[datetime]')) {
    const local = new Date(time.dateTime).toLocaleString(undefined, {
      dateStyle: 'medium',
      timeStyle: 'long',
      hourCycle: 'h23',
    });
    time.title = `${local} = ${time.title}`;
  }
}

function announced() {
  return main.querySelector('[data-announce]')?.textContent.replaceAll(/\s+/g, ' ').trim() ?? '';
}

/** Loads the page of the current address again and swaps the content. */
async function refresh() {
  latest += 1;
  const mine = latest;
  try {
    const response = await fetch(location.href, { signal: AbortSignal.timeout(15_000) });
    const text = await response.text();
    if (mine !== latest) return;
    if (!response.ok) throw new Error(`it answered ${response.status}`);
    const next = new DOMParser().parseFromString(text, 'text/html').querySelector('main');
    if (next === null) throw new Error('it answered with no page');
    replace(next);
    announceChange();
  } catch (error) {
    if (mine !== latest) return;
    live.classList.add('lost');
    const since = new Date(main.dataset.shownAt).toLocaleTimeString(undefined, {
      hourCycle: 'h23',
    });
    how.textContent = `The exporter does not answer; showing data from ${since} (${error.message})`;
    said.textContent = how.textContent;
  }
}

/** Swaps the content; the reader's place, open details and half-typed words stay. */
function replace(next) {
  const held = keep();
  main.dataset.refresh = next.dataset.refresh;
  main.dataset.shownAt = new Date().toISOString();
  localise(next);
  main.replaceChildren(...next.childNodes);
  restore(held);
}

function keep() {
  const { activeElement: active } = document;
  const inside = main.contains(active) && active !== main;
  return {
    focus: inside ? addressOf(active) : undefined,
    selection:
      inside && 'selectionStart' in active ? [active.selectionStart, active.selectionEnd] : [],
    fields: [...main.querySelectorAll('input, select')].map((field) => [field.id, field.value]),
    open: [...main.querySelectorAll('details[open]')].map(addressOf),
    scrolled: [...main.querySelectorAll('.scroll')].map(({ scrollLeft }) => scrollLeft),
  };
}

function restore({ focus, selection, fields, open, scrolled }) {
  for (const [id, value] of fields) {
    const field = id && document.getElementById(id);
    if (field) field.value = value;
  }
  for (const details of main.querySelectorAll('details')) {
    if (open.includes(addressOf(details))) details.open = true;
  }
  for (const [at, box] of main.querySelectorAll('.scroll').entries()) {
    box.scrollLeft = scrolled[at] ?? 0;
  }
  if (focus === undefined) return;
  const again = [...main.querySelectorAll(focus.split('|', 1)[0])].find(
    (one) => addressOf(one) === focus,
  );
  again?.focus({ preventScroll: true });
  if (again && selection.length === 2 && selection[0] !== null) {
    again.setSelectionRange(...selection);
  }
}

/** What an element is known by from one page to the next: its kind, then its id, link or place. */
function addressOf(element) {
  const kind = element.localName;
  const known = element.id || element.getAttribute('href');
  return `${kind}|${known ?? [...main.querySelectorAll(kind)].indexOf(element)}`;
}

/** Announces changed counts, for screen readers as well. */
function announceChange() {
  const now = announced();
  if (now !== counts) said.textContent = `Now: ${now}`;
  counts = now;
  live.classList.remove('lost');
  how.textContent = paused ? 'Paused' : 'Live';
}

function tick() {
  if (!paused && document.visibilityState === 'visible') void refresh();
  schedule();
}

let timer;
function schedule() {
  clearTimeout(timer);
  timer = setTimeout(tick, Number(main.dataset.refresh) * 1000);
}

pause.addEventListener('click', () => {
  paused = !paused;
  pause.setAttribute('aria-pressed', String(paused));
  how.textContent = paused ? 'Paused' : 'Live';
  if (!paused) tick();
});

// A tab that was hidden for long is outdated: it refreshes as soon as it is visible.
document.addEventListener('visibilitychange', () => {
  const old = Date.now() - Date.parse(main.dataset.shownAt) > Number(main.dataset.refresh) * 1000;
  if (old) tick();
});

/** The filter applies while it is typed; the address follows, to be shared and to go back to. */
let typing;
function filter(form) {
  const given = [...new FormData(form)].filter(([, value]) => value !== '');
  const query = new URLSearchParams(given).toString();
  history.replaceState(undefined, '', query === '' ? location.pathname : `?${query}`);
  void refresh();
}
main.addEventListener('input', ({ target }) => {
  const form = target.closest('form[data-live]');
  if (form === null) return;
  clearTimeout(typing);
  typing = setTimeout(() => filter(form), typingMs);
});

main.dataset.shownAt = new Date().toISOString();
localise(document);
live.hidden = false;
how.textContent = 'Live';
schedule();

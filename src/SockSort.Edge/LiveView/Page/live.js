(() => {
  const LOOK_MS = 400;
  const RECENT = 60;
  // So long a stream may take to begin, and so often a page without a place asks for one.
  const PATIENCE_MS = 5000;
  const NOTICES = {
    away: 'The camera is away – trying again …',
    stalled: 'No new frame for some time',
    waiting: 'Waiting for the first frame …',
    offline: 'SockSort does not answer – trying again …',
    locked: 'The password has changed: load this page again',
    barred: 'Too many wrong passwords – trying again in a minute',
  };
  const at = id => document.getElementById(id);
  let picture = at('picture');
  let panelsShown = '';
  let viewer = picture.dataset.viewer;
  let watching = false;
  let askedAt = Date.now();
  let reading = new AbortController();
  // The newest frame that has come and is not shown yet, and the one that is shown.
  let next = null;
  let shown = null;
  let camera = '';

  function add(parent, tag, text, className) {
    const element = document.createElement(tag);
    if (text !== undefined) element.textContent = text;
    if (className) element.className = className;
    parent.append(element);
    return element;
  }

  // Text that does not change is left alone, or a screen reader would read it again.
  function say(id, text) {
    if (at(id).textContent !== text) at(id).textContent = text;
  }

  function showState(next, notice) {
    at('state').dataset.state = next;
    say('state-text', next === 'barred' ? 'locked' : next);
    at('notice').hidden = next === 'live';
    say('notice', notice || NOTICES[next] || '');
  }

  function sentence(text) {
    return text && text[0].toUpperCase() + text.slice(1);
  }

  // A stream can end without this page being told: with the connection, with SockSort, or cut off while this machine was asleep.
  function keepWatching(status) {
    if (status.watching) {
      watching = true;
      return;
    }
    if (!watching && Date.now() - askedAt < PATIENCE_MS) return;
    viewer = Array.from(crypto.getRandomValues(new Uint8Array(8)), byte => byte.toString(16).padStart(2, '0')).join('');
    watching = false;
    askedAt = Date.now();
    watch();
  }

  // The picture, its label and its bar are of one frame, since the stream brings both: a label that was asked for beside it would be
  // another frame's. What comes is read at once, however slowly it is drawn, so that no old pictures wait in the line.
  async function watch() {
    reading.abort();
    reading = new AbortController();
    try {
      const address = location.origin + '/stream.mjpg?parts=told&viewer=' + viewer + '&resolution=' + at('resolution').value;
      const answer = await fetch(address, { cache: 'no-store', signal: reading.signal });
      if (answer.ok) await readFrames(answer.body.getReader());
    } catch {
      // Whether a stream is open is told by the status, which opens another one.
    }
  }

  async function readFrames(reader) {
    let bytes = new Uint8Array(0);
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      const joined = new Uint8Array(bytes.length + value.length);
      joined.set(bytes);
      joined.set(value, bytes.length);
      bytes = takeFrames(joined);
    }
  }

  // Takes the whole parts off, keeps the last of them, and returns what is left.
  function takeFrames(bytes) {
    for (;;) {
      const end = endOfHead(bytes);
      if (end < 0) return bytes;
      const head = new TextDecoder().decode(bytes.subarray(0, end));
      const length = Number(/Content-Length: (\d+)/.exec(head)[1]);
      if (bytes.length < end + length) return bytes;
      const frame = JSON.parse(/X-SockSort-Frame: (.*)/.exec(head)[1]);
      const isFirst = next === null;
      next = { frame, jpeg: new Blob([bytes.subarray(end, end + length)], { type: 'image/jpeg' }), at: performance.now() };
      bytes = bytes.slice(end + length);
      if (isFirst) showNext();
    }
  }

  function endOfHead(bytes) {
    for (let i = bytes.indexOf(13); i >= 0 && i + 3 < bytes.length; i = bytes.indexOf(13, i + 1)) {
      if (bytes[i + 1] === 10 && bytes[i + 2] === 13 && bytes[i + 3] === 10) return i + 4;
    }
    return -1;
  }

  async function showNext() {
    const came = next;
    const image = new Image();
    image.src = URL.createObjectURL(came.jpeg);
    try {
      await image.decode();
      image.id = 'picture';
      picture.replaceWith(image);
      picture = image;
      shown = came;
      showFrame(came.frame);
      showAge();
      fitScreen();
    } catch {
      // A picture that can't be drawn is left out; the next one comes.
    }
    URL.revokeObjectURL(image.src);
    if (next === came) next = null;
    else showNext();
  }

  function showAge() {
    if (!shown) return;
    say('age', timeOf(shown.frame.ageMs + performance.now() - shown.at));
  }

  function timeOf(ms) {
    if (ms < 1000) return Math.round(ms / 10) * 10 + ' ms';
    if (ms < 100e3) return (ms / 1e3).toFixed(ms < 10e3 ? 1 : 0) + ' s';
    if (ms < 100 * 60e3) return Math.round(ms / 60e3) + ' min';
    return ms < 48 * 3600e3 ? Math.round(ms / 3600e3) + ' h' : Math.round(ms / 86400e3) + ' d';
  }

  function showStatus(status) {
    camera = status.camera;
    keepWatching(status);
    const full = !status.watching && status.viewers >= status.places;
    if (full) showState('full', 'All ' + status.places + ' places are taken – waiting for one …');
    else showState(status.state, sentence(status.hint));
    showAge();
    showRecent(status.recent);
    say('fps', status.fps.toFixed(1));
    say('viewers', String(status.viewers));
    say('viewers-word', status.viewers === 1 ? 'viewer' : 'viewers');
    showPanels(status.panels);
  }

  function showFrame(frame) {
    const percent = frame.probability;
    say('label', frame.label);
    at('label').classList.toggle('empty', frame.label === 'Blank');
    say('percent', percent.toFixed(1) + ' %' + (frame.learnt ? ', just learnt' : ''));
    at('bar').setAttribute('aria-valuenow', percent.toFixed(0));
    at('fill').style.width = Math.max(0, Math.min(100, percent)) + '%';
    at('fill').style.background = colourOf(frame.label);
    say('number', frame.number.toLocaleString('en'));
    picture.alt = 'Live picture of camera ' + camera + ': ' + frame.label;
    document.title = frame.label + ' ' + percent.toFixed(0) + '% – SockSort';
  }

  // The page keeps the camera's own proportions, from the first picture on.
  function fitScreen() {
    if (picture.naturalWidth === 0) return;
    document.querySelector('.view').style.setProperty('--aspect', (picture.naturalWidth / picture.naturalHeight).toFixed(4));
  }

  function showRecent(recent) {
    const bars = at('recent');
    while (bars.childElementCount < RECENT) add(bars, 'i');
    [...bars.children].forEach((bar, index) => {
      const entry = recent[index - (RECENT - recent.length)];
      bar.style.height = entry ? Math.max(8, entry.probability) + '%' : '4%';
      bar.style.background = entry ? colourOf(entry.label) : '';
    });
    const labels = [...new Set(recent.map(entry => entry.label))];
    const legend = at('legend');
    if ([...legend.children].map(item => item.textContent).join('\n') === labels.join('\n')) return;
    legend.replaceChildren();
    for (const label of labels) {
      const item = add(legend, 'li');
      add(item, 'i').style.background = colourOf(label);
      item.append(label);
    }
  }

  function showCell(row, text, first, alignRight) {
    const cell = add(row, first ? 'th' : 'td');
    if (first) cell.scope = 'row';
    if (text === 'Pair') add(cell, 'span', text, 'badge pair');
    else if (text === 'Un-matched') add(cell, 'span', text, 'badge single');
    else cell.textContent = text;
    if (!first && (alignRight || /^[-+]?[\d.,]+( ?(%|ms|s|\/s|MB))?$/.test(text))) cell.className = 'number';
  }

  function showPanels(panels) {
    const text = JSON.stringify(panels);
    if (text === panelsShown) return;
    panelsShown = text;
    const side = at('panels');
    side.hidden = panels.length === 0;
    document.querySelector('main').classList.toggle('split', panels.length > 0);
    side.replaceChildren();
    panels.forEach((panel, index) => showPanel(side, panel, 'panel-' + index));
  }

  function showPanel(side, panel, id) {
    const section = add(side, 'section', undefined, 'panel');
    section.setAttribute('aria-labelledby', id);
    add(section, 'h2', panel.title).id = id;
    if (panel.rows.length === 0) {
      add(section, 'p', 'nothing yet', 'none');
      return;
    }
    const table = add(section, 'table');
    table.setAttribute('aria-labelledby', id);
    if (panel.columns.length > 0) {
      const head = add(add(table, 'thead'), 'tr');
      for (const column of panel.columns) add(head, 'th', column).scope = 'col';
    }
    const body = add(table, 'tbody');
    for (const cells of panel.rows) {
      const row = add(body, 'tr');
      cells.forEach((cell, index) => showCell(row, cell, index === 0, panel.columns.length === 0));
    }
    alignHeads(table);
  }

  function alignHeads(table) {
    const last = table.tBodies[0].lastElementChild;
    [...table.querySelectorAll('thead th')].forEach((head, index) => {
      if (last.children[index]?.className === 'number') head.className = 'number';
    });
  }

  async function look() {
    try {
      // Not a bare path: where the page's own address holds a password, fetch refuses it.
      const answer = await fetch(location.origin + '/status.json?viewer=' + viewer, { cache: 'no-store', signal: AbortSignal.timeout(5000) });
      if (answer.status === 401) showState('locked');
      else if (answer.status === 429) showState('barred');
      else if (!answer.ok) throw new Error(answer.statusText);
      else showStatus(await answer.json());
    } catch {
      showState('offline');
    }
    setTimeout(look, document.hidden ? 5 * LOOK_MS : LOOK_MS);
  }

  at('resolution').addEventListener('change', () => {
    at('snapshot').href = '/frame.jpg?download&resolution=' + at('resolution').value;
    watch();
  });
  watch();
  look();
})();

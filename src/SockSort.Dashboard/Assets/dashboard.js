'use strict';
(() => {
  // Where the address holds a password, a browser refuses what leads to other pages of it without a load. By now it knows the password.
  const own = new URL(document.URL);
  if (own.username || own.password) {
    [own.username, own.password] = ['', ''];
    window.stop();
    location.replace(own);
    return;
  }

  const WAIT_MS = 120;
  const AWAY_MS = 1000;
  const COLOURS = ['#0d9488', '#d97706', '#7c3aed', '#db2777', '#2563eb', '#65a30d', '#dc2626', '#0891b2', '#a16207', '#9333ea'];
  const colourOf = new Map();

  function colour(label) {
    if (label === 'Blank') return '#8b95a5';
    if (!colourOf.has(label)) colourOf.set(label, COLOURS[colourOf.size % COLOURS.length]);
    return colourOf.get(label);
  }

  function add(parent, tag, className) {
    const element = document.createElement(tag);
    element.className = className;
    parent.append(element);
    return element;
  }

  // Text that does not change is left alone, or a screen reader would read it again.
  function say(element, text) {
    if (element.textContent !== text) element.textContent = text;
  }

  const pause = ms => new Promise(resolve => setTimeout(resolve, ms));

  // What a camera sees, with its label. Picture and label come in one answer, so they are of one frame; the next one is asked for when this
  // one is drawn, so a slow page leaves frames out and never shows old ones.
  class SockLive extends HTMLElement {
    connectedCallback() {
      this.textContent = '';
      const screen = add(this, 'div', 'screen');
      this.picture = add(screen, 'img', 'gone');
      this.picture.alt = '';
      this.notice = add(screen, 'p', 'notice');
      const said = add(this, 'div', 'said');
      this.label = add(said, 'p', 'label');
      this.label.setAttribute('aria-live', 'polite');
      this.percent = add(said, 'p', 'percent');
      this.bar = add(this, 'div', 'bar');
      this.fill = add(this.bar, 'span', '');
      this.foot = add(this, 'p', 'quiet small');
      this.bar.setAttribute('role', 'meter');
      this.bar.setAttribute('aria-label', 'Probability');
      this.bar.setAttribute('aria-valuemin', '0');
      this.bar.setAttribute('aria-valuemax', '100');
      this.bar.setAttribute('aria-valuenow', '0');
      say(this.label, '–');
      say(this.notice, 'Waiting for the first frame …');
      this.isShown = true;
      this.run();
    }

    disconnectedCallback() {
      this.isShown = false;
    }

    async run() {
      const camera = this.getAttribute('camera');
      const address = document.baseURI + 'cameras/' + encodeURIComponent(camera) + '/frame.jpg?resolution=480p';
      let number = -1;
      while (this.isShown) {
        await pause(document.hidden ? AWAY_MS : WAIT_MS);
        try {
          const answer = await fetch(address, { cache: 'no-store', signal: AbortSignal.timeout(10000) });
          if (answer.status === 503) {
            this.tell('Waiting for the first frame …');
            await pause(AWAY_MS);
            continue;
          }
          if (!answer.ok) throw new Error(answer.statusText);
          const frame = JSON.parse(answer.headers.get('X-SockSort-Frame'));
          const jpeg = await answer.blob();
          this.tell(frame.ageMs > 10000 ? 'No new frame for ' + Math.round(frame.ageMs / 1000) + ' s' : '');
          if (frame.number !== number) await this.show(camera, frame, jpeg);
          number = frame.number;
        } catch {
          this.tell('SockSort does not answer – trying again …');
          await pause(AWAY_MS);
        }
      }
    }

    tell(notice) {
      say(this.notice, notice);
      this.notice.hidden = notice === '';
    }

    async show(camera, frame, jpeg) {
      const image = new Image();
      image.src = URL.createObjectURL(jpeg);
      try {
        await image.decode();
        image.alt = 'Live picture of camera ' + camera + ': ' + frame.label;
        this.picture.replaceWith(image);
        this.picture = image;
        this.firstElementChild.style.setProperty('--aspect', (image.naturalWidth / image.naturalHeight).toFixed(4));
        say(this.label, frame.label);
        this.label.classList.toggle('empty', frame.label === 'Blank');
        say(this.percent, frame.probability.toFixed(1) + ' %' + (frame.learnt ? ', just learnt' : ''));
        this.bar.setAttribute('aria-valuenow', frame.probability.toFixed(0));
        this.fill.style.width = Math.max(0, Math.min(100, frame.probability)) + '%';
        this.fill.style.background = colour(frame.label);
        say(this.foot, 'Camera ' + camera);
      } finally {
        URL.revokeObjectURL(image.src);
      }
    }
  }

  let sound = null;

  // Two notes upwards.
  function chime() {
    sound ??= new AudioContext();
    [[660, 0], [880, 0.18]].forEach(([frequency, after]) => {
      const [tone, volume, at] = [sound.createOscillator(), sound.createGain(), sound.currentTime + after];
      tone.frequency.value = frequency;
      volume.gain.setValueAtTime(0.0001, at);
      volume.gain.exponentialRampToValueAtTime(0.3, at + 0.03);
      volume.gain.exponentialRampToValueAtTime(0.0001, at + 0.5);
      tone.connect(volume).connect(sound.destination);
      tone.start(at);
      tone.stop(at + 0.6);
    });
  }

  function select(area, start, end) {
    area.focus();
    area.setSelectionRange(start, Math.max(end, start + 1));
  }

  const root = document.documentElement;
  const isDark = () => (root.dataset.theme ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light')) === 'dark';
  const kept = localStorage.getItem('socksort-theme');
  if (kept) root.dataset.theme = kept;
  document.addEventListener('click', event => {
    if (!event.target.closest('[data-theme-switch]')) return;
    root.dataset.theme = isDark() ? 'light' : 'dark';
    localStorage.setItem('socksort-theme', root.dataset.theme);
  });

  // Blazor tries for some minutes to find its page again. A program that was started anew does not know the page, so the page is loaded once
  // more; one that stays away for longer is looked for until it is there.
  async function comeBack() {
    while (true) {
      try {
        const answer = await fetch(document.baseURI, { cache: 'no-store', signal: AbortSignal.timeout(10000) });
        if (answer.ok) break;
      } catch {
        // Not there yet.
      }
      await pause(AWAY_MS);
    }
    keepText();
    location.reload();
  }

  // What stands in the editor is nowhere but in the page; it is kept from one load to the next, no longer.
  const KEPT_TEXT = 'socksort-sql';

  function keepText() {
    const area = document.getElementById('sql-text');
    if (area) sessionStorage.setItem(KEPT_TEXT, area.value);
  }

  function takeText() {
    const text = sessionStorage.getItem(KEPT_TEXT);
    sessionStorage.removeItem(KEPT_TEXT);
    return text;
  }

  let isComingBack = false;
  document.addEventListener('DOMContentLoaded', () => {
    document.getElementById('components-reconnect-modal').addEventListener('components-reconnect-state-changed', event => {
      if (isComingBack || !['failed', 'rejected', 'resume-failed'].includes(event.detail.state)) return;
      isComingBack = true;
      void comeBack();
    });
  });

  customElements.define('sock-live', SockLive);
  window.sockSort = { chime, select, takeText };
})();

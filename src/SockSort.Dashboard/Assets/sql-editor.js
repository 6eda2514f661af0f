'use strict';
// The editor of the page SQL: a text area that offers the names that fit while somebody types.
(() => {
  // Whoever looks for another one types a further letter; a list that scrolls would need the focus for who cannot use the arrows.
  const MOST = 12;
  const NAME = /(?<![\w@])[A-Za-z_][\w@]*$/;
  const SOURCES_FOLLOW = /\b(?:FROM|JOIN|INTO|DESCRIBE|(?:STREAM|TABLE)(?:\s+IF\s+EXISTS)?)\s+$/i;
  const QUERIES_FOLLOW = /\b(?:EXPLAIN|TERMINATE|PAUSE|RESUME)\s+$/i;
  const TOPICS_FOLLOW = /\bPRINT\s+$/i;

  // What the text before the caret is part of: the statement's start, and whether it is a text, a quoted name or a comment.
  function placeOf(before) {
    const part = /'(?:[^']|'')*'?|`(?:[^`]|``)*`?|"(?:[^"]|"")*"?|--[^\n]*|\/\*[^]*?(?:\*\/|$)|;/g;
    let start = 0;
    let last = null;
    for (const found of before.matchAll(part)) {
      if (found[0] === ';') start = found.index + 1;
      last = found;
    }
    const reachesCaret = last !== null && last[0] !== ';' && last.index + last[0].length === before.length;
    return { start, isQuoted: reachesCaret && isOpen(last[0]) };
  }

  function isOpen(part) {
    if (part.startsWith('--')) return true;
    if (part.startsWith('/*')) return !part.endsWith('*/') || part.length < 4;
    const quotes = part.split(part[0]).length - 1;
    return quotes % 2 === 1;
  }

  const endOf = (text, from) => {
    const end = text.indexOf(';', from);
    return end < 0 ? text.length : end;
  };

  // The sources that a statement names, and the other names that it gives them: FROM found AS f.
  function sourcesIn(statement, sources) {
    const named = new Map();
    for (const [, word, alias] of statement.matchAll(/([A-Za-z_][\w@]*|`[^`]+`)(?=(?:\s+(?:AS\s+)?([A-Za-z_][\w@]*))?)/gi)) {
      const source = sources.find(known => isNamed(known, word));
      if (!source) continue;
      named.set(source.name.toUpperCase(), source);
      if (alias) named.set(alias.toUpperCase(), source);
    }
    return named;
  }

  const isNamed = (source, word) => word === source.written || word.toUpperCase() === source.name;

  const offerOf = (name, written, kind) => ({ name, written, kind });
  const columnsOf = source => source.columns.map(column => offerOf(column.name, column.written, 'column of ' + source.name));

  // All that could stand at the caret, what fits best first.
  function possible(head, statement, names) {
    const words = names.words.map(word => offerOf(word, word, 'word'));
    if (TOPICS_FOLLOW.test(head)) return names.topics.map(topic => offerOf(topic, `'${topic.replaceAll("'", "''")}'`, 'topic'));
    if (QUERIES_FOLLOW.test(head)) return [...names.queries.map(query => offerOf(query.name, query.written, 'query')), ...words];
    const sources = names.sources.map(source => offerOf(source.name, source.written, source.kind));
    if (SOURCES_FOLLOW.test(head)) return [...sources, ...words];
    const named = sourcesIn(statement, names.sources);
    if (head.endsWith('.')) {
      const qualifier = /([A-Za-z_][\w@]*|`[^`]+`)\.$/.exec(head)?.[1] ?? '';
      const source = named.get(qualifier.replaceAll('`', '').toUpperCase());
      return source ? columnsOf(source) : [];
    }
    const used = [...new Set(named.values())];
    const calls = /\b(?:SELECT|VALUES)\b/i.test(head) ? names.functions : [];
    const functions = calls.map(name => offerOf(name, name + '(', 'function'));
    return [...used.flatMap(columnsOf), ...functions, ...words, ...sources.filter(offer => used.some(source => source.name === offer.name))];
  }

  // Names in capitals are written as their reader types: small after a small letter.
  function written(offer, typed) {
    const isSmall = typed !== '' && typed === typed.toLowerCase() && /^[A-Z_@\d(]+$/.test(offer.written);
    return isSmall ? offer.written.toLowerCase() : offer.written;
  }

  // What is offered at a place of a text; nothing where the word is whole already, so Enter and Tab do what they always do.
  function offersAt(text, caret, names, isAsked) {
    const before = text.slice(0, caret);
    const { start, isQuoted } = placeOf(before);
    const typed = NAME.exec(before)?.[0] ?? '';
    const head = before.slice(start, caret - typed.length);
    if (isQuoted || (typed === '' && !isAsked && !head.endsWith('.'))) return { typed, offers: [] };
    const seen = new Set();
    const statement = text.slice(start, endOf(text, caret));
    const offers = possible(head, statement, names).filter(offer =>
      offer.name.toUpperCase().startsWith(typed.toUpperCase()) && !seen.has(offer.written) && seen.add(offer.written));
    const isWhole = offers.some(offer => offer.name.toUpperCase() === typed.toUpperCase());
    return { typed, offers: isWhole ? [] : offers.slice(0, MOST) };
  }

  // Where the caret stands, in pixels of the text area: a copy of the text says so.
  function caretOf(area, at) {
    const copy = document.createElement('div');
    const style = getComputedStyle(area);
    for (const name of ['font', 'lineHeight', 'letterSpacing', 'padding', 'border', 'tabSize', 'boxSizing']) copy.style[name] = style[name];
    Object.assign(copy.style, { position: 'absolute', visibility: 'hidden', whiteSpace: 'pre-wrap', overflowWrap: 'break-word', width: area.clientWidth + 'px' });
    copy.textContent = area.value.slice(0, at);
    const mark = copy.appendChild(document.createElement('span'));
    mark.textContent = '\u200b';
    area.parentElement.append(copy);
    const place = { left: mark.offsetLeft - area.scrollLeft, top: mark.offsetTop + mark.offsetHeight - area.scrollTop };
    copy.remove();
    return place;
  }

  // Ctrl+Enter runs. Tab takes the offer that stands first, or the chosen one; without offers it leaves as everywhere. Enter takes an offer
  // only where the arrows have chosen one, so a new line is never lost to it. A text area of several lines is no combobox for screen
  // readers, so it stays a text box that has a list: aria-activedescendant names the chosen offer, and the number of them is told.
  class SockEditor extends HTMLElement {
    // Its parts are not there yet: Blazor puts an element into the page before what is in it.
    connectedCallback() {
      [this.offers, this.chosen, this.typed] = [[], -1, ''];
      this.addEventListener('keydown', event => this.press(event));
      this.addEventListener('input', () => this.offer(false));
      this.addEventListener('focusout', () => this.close());
      this.addEventListener('mousedown', event => this.pick(event));
    }

    get area() {
      return this.querySelector('textarea');
    }

    get list() {
      return this.querySelector('[role=listbox]');
    }

    get told() {
      return this.querySelector('[role=status]');
    }

    get isOpen() {
      return this.offers.length > 0;
    }

    // The text area keeps the focus.
    pick(event) {
      if (!this.list.contains(event.target)) {
        this.close();
        return;
      }
      event.preventDefault();
      const option = event.target.closest('[role=option]');
      if (option) this.take(Number(option.dataset.number));
    }

    press(event) {
      const isControl = event.ctrlKey || event.metaKey;
      if (event.key === 'Enter' && isControl) {
        event.preventDefault();
        this.close();
        this.parentElement.querySelector('[data-run]').click();
      } else if (event.key === ' ' && isControl) {
        event.preventDefault();
        this.offer(true);
      } else if (this.isOpen && !isControl && !event.altKey && !event.shiftKey && !event.isComposing && this.choose(event.key)) {
        event.preventDefault();
      }
    }

    // False where the key is the text area's.
    choose(key) {
      switch (key) {
        case 'ArrowDown': this.point(this.chosen + 1); return true;
        case 'ArrowUp': this.point(this.chosen < 0 ? this.offers.length - 1 : this.chosen - 1); return true;
        case 'Escape': this.close(); return true;
        case 'Tab': this.take(Math.max(0, this.chosen)); return true;
        case 'Enter':
          if (this.chosen >= 0) {
            this.take(this.chosen);
            return true;
          }
          this.close();
          return false;
        case 'ArrowLeft':
        case 'ArrowRight':
        case 'Home':
        case 'End': this.close(); return false;
        default: return false;
      }
    }

    offer(isAsked) {
      const { selectionStart, selectionEnd, value } = this.area;
      const names = { ...JSON.parse(this.dataset.fixed), ...JSON.parse(this.dataset.names) };
      const { typed, offers } = selectionStart === selectionEnd
        ? offersAt(value, selectionStart, names, isAsked)
        : { typed: '', offers: [] };
      if (offers.length === 0) {
        this.close();
        return;
      }
      [this.typed, this.offers] = [typed, offers];
      this.list.replaceChildren(...offers.map((offer, number) => this.optionOf(offer, number)));
      const place = caretOf(this.area, selectionStart - typed.length);
      this.list.hidden = false;
      this.list.style.top = place.top + 4 + 'px';
      this.list.style.left = Math.max(0, Math.min(place.left, this.clientWidth - this.list.offsetWidth)) + 'px';
      this.point(-1);
      const first = written(offers[0], typed);
      this.told.textContent = offers.length === 1 ? first + ' fits' : offers.length + ' names are offered, first ' + first;
    }

    optionOf(offer, number) {
      const option = document.createElement('li');
      option.id = 'sql-offer-' + number;
      option.setAttribute('role', 'option');
      option.dataset.number = number;
      const [name, kind] = [document.createElement('code'), document.createElement('small')];
      name.textContent = written(offer, this.typed);
      kind.textContent = offer.kind;
      option.append(name, ' ', kind);
      return option;
    }

    // -1 is none; past the last one comes the first.
    point(number) {
      this.chosen = number < 0 ? number : number % this.offers.length;
      for (const [index, option] of [...this.list.children].entries()) option.setAttribute('aria-selected', index === this.chosen);
      const option = this.list.children[this.chosen];
      if (option) this.area.setAttribute('aria-activedescendant', option.id);
      else this.area.removeAttribute('aria-activedescendant');
    }

    take(number) {
      const [offer, caret] = [this.offers[number], this.area.selectionStart];
      let text = written(offer, this.typed);
      if (text.endsWith('(') && this.area.value[caret] === '(') text = text.slice(0, -1);
      this.area.setSelectionRange(caret - this.typed.length, caret);
      // As if it were typed: it can be undone, and the page hears of it.
      document.execCommand('insertText', false, text);
      this.close();
    }

    close() {
      [this.offers, this.chosen, this.typed] = [[], -1, ''];
      this.list.hidden = true;
      this.list.replaceChildren();
      this.told.textContent = '';
      this.area.removeAttribute('aria-activedescendant');
    }
  }

  customElements.define('sock-editor', SockEditor);
})();

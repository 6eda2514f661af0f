'use strict';
// The colour of each label, the same on all bars of a page.
const colourOf = (() => {
  const COLOURS = ['#0d9488', '#d97706', '#7c3aed', '#db2777', '#2563eb', '#65a30d', '#dc2626', '#0891b2', '#a16207', '#9333ea'];
  const NO_SOCK = '#8b95a5';
  const known = new Map();
  return label => {
    if (label === 'Blank') return NO_SOCK;
    if (!known.has(label)) known.set(label, COLOURS[known.size % COLOURS.length]);
    return known.get(label);
  };
})();

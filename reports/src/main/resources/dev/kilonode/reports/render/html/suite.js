'use strict';

/** Draws one metric of all cells: a table of the first two axes for each combination of the others. */
(function () {
  const data = JSON.parse(document.getElementById('data').textContent);
  const area = document.getElementById('grid');
  const select = document.getElementById('metric');
  const scale = document.getElementById('scale');
  const OUTCOME = -1;
  const FIRST = ['identity.timeouts.count', 'transport.drops.count', 'upload.latency.p95'];

  const element = (name, text, parent) => {
    const made = document.createElement(name);
    if (text !== null) made.textContent = text;
    if (parent) parent.appendChild(made);
    return made;
  };
  const number = v => Math.abs(v) >= 1e6 ? v.toExponential(2) : Number(v.toPrecision(3)).toLocaleString('en-US', { maximumFractionDigits: 6 });

  const option = (value, text) => { element('option', text, select).value = value; };
  option(OUTCOME, 'share of runs that passed');
  data.metrics.forEach((name, i) => option(i, name));

  /** Median, least and most of the chosen metric; null if the cell has none yet. */
  function valueOf(cell, metric) {
    if (metric !== OUTCOME) return cell.values[metric] || null;
    const share = cell.ended ? cell.passed / cell.ended : null;
    return share === null ? null : [share, share, share];
  }

  function field(cell, metric, low, high, row) {
    const value = cell && valueOf(cell, metric);
    if (!value) {
      element('td', cell ? 'no result' : '–', row).className = 'absent';
      return;
    }
    const text = metric === OUTCOME ? cell.passed + ' of ' + cell.ended : number(value[0]);
    const td = element('td', null, row);
    const share = high > low ? (value[0] - low) / (high - low) : 0;
    const tone = metric === OUTCOME ? 'var(--good)' : 'var(--bad)';
    td.style.background = 'color-mix(in srgb, ' + tone + ' ' + Math.round(6 + 50 * share) + '%, transparent)';
    td.title = cell.at.map((v, i) => data.axes[i].path + '=' + data.axes[i].values[v]).join(', ') + ': '
      + (metric === OUTCOME ? text + ' passed' : number(value[1]) + ' to ' + number(value[2]))
      + (cell.ended < cell.runs ? ', ' + cell.ended + ' of ' + cell.runs + ' runs have ended' : '');
    if (cell.report) {
      const link = element('a', text, td);
      link.href = cell.report.split('/').map(encodeURIComponent).join('/');
    } else {
      td.textContent = text;
    }
  }

  function draw() {
    const metric = Number(select.value);
    const medians = data.cells.map(c => valueOf(c, metric)).filter(v => v).map(v => v[0]);
    const low = metric === OUTCOME ? 0 : medians.reduce((a, b) => Math.min(a, b), Infinity), high = metric === OUTCOME ? 1 : medians.reduce((a, b) => Math.max(a, b), -Infinity);
    scale.textContent = !medians.length ? 'no run has ended yet' : metric === OUTCOME ? '' : number(low) + ' to ' + number(high);
    area.replaceChildren();
    const rows = data.axes[0], columns = data.axes[1];
    const groups = new Map();
    data.cells.forEach(c => {
      const key = c.at.slice(2).join(' ');
      if (!groups.has(key)) groups.set(key, new Map());
      groups.get(key).set(c.at[0] + ' ' + (columns ? c.at[1] : 0), c);
    });
    groups.forEach((cells, key) => {
      const table = element('table', null, area);
      if (key) element('caption', key.split(' ').map((v, i) => data.axes[i + 2].path + '=' + data.axes[i + 2].values[v]).join(', '), table);
      const head = table.createTHead().insertRow();
      element('th', rows.path + (columns ? ' ↓  ' + columns.path + ' →' : ''), head).className = 'corner';
      (columns ? columns.values : ['']).forEach(v => element('th', v, head));
      const body = table.createTBody();
      rows.values.forEach((v, i) => {
        const row = body.insertRow();
        element('th', v, row).scope = 'row';
        (columns ? columns.values : ['']).forEach((unused, j) => field(cells.get(i + ' ' + j), metric, low, high, row));
      });
    });
  }

  const wanted = FIRST.map(name => data.metrics.indexOf(name))
    .find(i => i >= 0 && new Set(data.cells.map(c => c.values[i]).filter(v => v).map(v => v[0])).size > 1);
  select.value = wanted === undefined ? OUTCOME : wanted;
  select.addEventListener('change', draw);
  draw();
  document.documentElement.dataset.ready = 'true';
})();

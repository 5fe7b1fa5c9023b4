'use strict';

/** The numbers behind a chart: one column a line, one row a window. */
function numbersOf(data, chart) {
  const columns = [];
  if (chart.heat) {
    chart.heat.cells.forEach((values, row) => columns.push({ name: chart.heat.rows[row], at: new Map(values.map((v, i) => [chart.heat.starts[i], v])) }));
  } else {
    const add = (name, t, values) => columns.push({ name, at: new Map(values.map((v, i) => [data.times[t][i], v])) });
    chart.lines.forEach(s => add(s.n, s.t, s.v));
    chart.bands.forEach(b => { add(b.n + ', low', b.t, b.lo); add(b.n + ', high', b.t, b.hi); });
  }
  const times = [...new Set(columns.flatMap(c => [...c.at.keys()]))].sort((a, b) => a - b);
  return { head: ['time_ms'].concat(columns.map(c => c.name)), rows: times.map(t => [t].concat(columns.map(c => c.at.has(t) ? c.at.get(t) : null))) };
}

/** Fills the table below a chart when it is opened. */
function showNumbers(data, chart, time, number) {
  const details = document.querySelector('#figure-' + chart.id + ' details');
  if (!details) return;
  details.addEventListener('toggle', () => {
    if (!details.open || details.querySelector('table')) return;
    const table = numbersOf(data, chart);
    const copy = document.createElement('button');
    copy.textContent = 'Copy as CSV';
    copy.addEventListener('click', () => {
      const quote = v => v === null ? '' : /[",\n]/.test(v) ? '"' + String(v).replace(/"/g, '""') + '"' : v;
      navigator.clipboard.writeText([table.head].concat(table.rows).map(r => r.map(quote).join(',')).join('\n') + '\n')
        .then(() => { copy.textContent = 'Copied'; }, () => { copy.textContent = 'This browser does not let a page copy'; });
    });
    const element = document.createElement('table');
    const row = (cells, tag, parent) => {
      const tr = parent.insertRow();
      cells.forEach((c, i) => {
        const cell = document.createElement(tag);
        cell.className = 'number';
        cell.textContent = tag === 'td' && i === 0 ? time(c) : tag === 'td' ? number(c) : i === 0 ? 'time' : c;
        tr.appendChild(cell);
      });
    };
    row(table.head, 'th', element.createTHead());
    const body = element.createTBody();
    table.rows.forEach(r => row(r, 'td', body));
    const scroll = document.createElement('div');
    scroll.className = 'scroll';
    scroll.tabIndex = 0;
    scroll.appendChild(element);
    details.append(copy, scroll);
  });
}


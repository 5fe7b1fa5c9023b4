(function () {
  const data = JSON.parse(document.getElementById('data').textContent);
  const charts = [];
  const zoom = { start: 0, end: 100 };
  const narrow = () => window.innerWidth < 560;
  const pointer = window.matchMedia('(hover: hover) and (pointer: fine)').matches;
  const darkQuery = window.matchMedia('(prefers-color-scheme: dark)');
  let printing = false;
  let hovered = null;
  let ticking = 0;

  function escapeText(text) {
    return String(text).replace(/[&<>"']/g, c => '&#' + c.charCodeAt(0) + ';');
  }

  function time(ms) {
    if (ms < 60000) return +(ms / 1000).toFixed(3) + ' s';
    const seconds = Math.round(ms / 1000);
    if (seconds < 3600) return Math.floor(seconds / 60) + ' min' + (seconds % 60 ? ' ' + seconds % 60 + ' s' : '');
    const minutes = Math.round(seconds / 60);
    return Math.floor(minutes / 60) + ' h' + (minutes % 60 ? ' ' + minutes % 60 + ' min' : '');
  }

  function number(v) {
    if (v === null || v === undefined) return '';
    const size = Math.abs(v);
    if (size >= 1000) return Math.round(v).toLocaleString('en');
    return String(+v.toPrecision(3));
  }

  function look() {
    const dark = darkQuery.matches && !printing;
    const css = getComputedStyle(document.documentElement);
    const get = name => css.getPropertyValue(name).trim();
    return dark
      ? { palette: data.dark, heat: data.heat.slice().reverse(), // on a dark ground much is bright
           ink: '#e9ebee', soft: '#a5adb8', rule: '#363c45', ground: '#15181c', panel: '#1e2228', phase: get('--phase'), fault: get('--fault') }
      : { palette: data.light, heat: data.heat, ink: '#1c1f24', soft: '#5a626d', rule: '#d9dde3', ground: '#ffffff', panel: '#ffffff', phase: get('--phase'), fault: get('--fault') };
  }

  /** Ticks at times a person can say, for the stretch in sight. */
  let step = 0;
  function ticks() {
    const shown = data.duration * (zoom.end - zoom.start) / 100;
    const most = narrow() ? data.mostTicks / 2 : data.mostTicks;
    const last = data.steps[data.steps.length - 1];
    step = data.steps.find(s => shown / s <= most) || last * Math.ceil(shown / last / most);
    const at = [];
    const from = Math.ceil(data.duration * zoom.start / 100 / step), to = Math.floor(data.duration * zoom.end / 100 / step);
    for (let i = from; i <= to; i++) at.push(x(i * step));
    return at;
  }

  function tick(v) {
    const ms = Math.round(v * data.divisor);
    if (data.divisor === 1000 || step % data.divisor === 0 && !data.timeUnit.includes(':')) return String(+v.toFixed(3));
    const seconds = step < 60000 && data.divisor > 60000 ? ':' + String(Math.floor(ms % 60000 / 1000)).padStart(2, '0') : '';
    return Math.floor(ms / data.divisor) + ':' + String(Math.floor(ms % data.divisor * 60 / data.divisor)).padStart(2, '0') + seconds;
  }

  const x = ms => ms / data.divisor;
  const pairs = (times, values) => times.map((t, i) => [x(t), values[i]]);

  /** What all charts share: time axis, zoom, shading. */
  function frame(chart, l) {
    return {
      animation: false,
      color: l.palette,
      textStyle: { color: l.ink, fontFamily: 'system-ui, "Segoe UI", "DejaVu Sans", sans-serif' },
      aria: { enabled: true, label: { description: chart.title } },
      grid: { left: 12, right: 20, top: 36, bottom: 62, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
      xAxis: {
        type: 'value', min: 0, max: x(data.duration), name: 'time since the start, ' + data.timeUnit, nameLocation: 'middle', nameGap: 26,
        nameTextStyle: { color: l.soft }, axisLabel: { color: l.soft, hideOverlap: true, customValues: ticks(), formatter: tick },
        axisLine: { show: true, lineStyle: { color: l.soft } }, axisTick: { show: true, customValues: ticks() }, splitLine: { show: false },
        axisPointer: { label: { formatter: p => time(p.value * data.divisor) } }
      },
      dataZoom: [{ type: 'inside', id: 'zoom', filterMode: 'none', zoomOnMouseWheel: 'ctrl', moveOnMouseMove: 'shift', moveOnMouseWheel: false,
        start: zoom.start, end: zoom.end }],
      toolbox: { show: !narrow(), right: 4, top: 0, itemSize: 13, iconStyle: { borderColor: l.soft },
        feature: { dataZoom: { yAxisIndex: 'none', filterMode: 'none', title: { zoom: 'Zoom: drag over a stretch', back: 'Zoom back' } }, restore: { title: 'Show all' },
          saveAsImage: { title: 'Save as PNG', name: data.name + '-' + chart.id, backgroundColor: l.ground, pixelRatio: 2 } } }
    };
  }

  /** Moments at which the run took a turn: a line each, its label in a row of its own. */
  function marks(chart, l) {
    return {
      silent: true, symbol: 'none', animation: false, lineStyle: { color: l.ink, type: [4, 4], width: 1 },
      data: chart.marks.map((m, row) => {
        const late = m.time > data.duration * .75; // no room to the right
        return { name: m.name, xAxis: x(m.time), label: { formatter: '{b}', position: 'end', rotate: 0, color: l.ink, fontSize: 12, backgroundColor: l.ground, padding: [1, 3],
          align: late ? 'right' : 'left', verticalAlign: 'top', distance: 0, offset: [late ? -4 : 4, 3 + 18 * row] } };
      })
    };
  }

  function shading(l, faultsOnly) {
    const spans = data.spans.map((s, i) => ({ s, i })).filter(o => o.s.fault || (!faultsOnly && o.i % 2 === 1));
    return {
      name: '\u200bshading', type: 'line', data: [], silent: true, symbol: 'none', tooltip: { show: false },
      markArea: { silent: true, animation: false, label: { show: false },
        data: spans.map(o => [{ xAxis: x(o.s.start), itemStyle: { color: o.s.fault ? l.fault : l.phase } }, { xAxis: x(o.s.end) }]) }
    };
  }

  function lineSeries(line, times, values, l, thin, more) {
    const points = pairs(times, values);
    const colour = l.palette[line.c];
    const here = v => v !== null && v !== undefined;
    // a point between two gaps has no line to be seen by
    const lonely = values.map((v, i) => here(v) && !here(values[i - 1]) && !here(values[i + 1]));
    return Object.assign({
      name: line.n, type: 'line', data: points, connectNulls: false, symbol: 'circle', itemStyle: { color: colour },
      symbolSize: points.length <= 3 ? 8 : (value, p) => lonely[p.dataIndex] ? 5 : 0,
      showSymbol: points.length <= 3 || lonely.includes(true), showAllSymbol: true,
      lineStyle: { width: line.s ? (thin ? 1.2 : 1.8) : 1.3, type: line.s ? 'solid' : [4, 3], color: colour }, emphasis: { disabled: true }
    }, more || {});
  }

  function band(b, l) {
    const times = data.times[b.t];
    return {
      name: b.n, type: 'custom', silent: true, clip: true, itemStyle: { color: l.palette[b.c] }, encode: { x: 0, y: [1, 2] },
      data: times.map((t, i) => [x(t), b.lo[i], b.hi[i]]),
      renderItem: (params, api) => {
        if (params.dataIndex !== 0) return null;
        const children = [];
        let top = [], bottom = [];
        const flush = () => {
          if (top.length === 1) { // one window: a bar, or it could not be seen
            const [p, q] = [top[0], bottom[0]];
            children.push({ type: 'rect', shape: { x: p[0] - 6, y: p[1], width: 12, height: Math.max(1, q[1] - p[1]) }, style: { fill: l.palette[b.c], opacity: .3 } });
          } else if (top.length) children.push({ type: 'polygon', shape: { points: top.concat(bottom.reverse()) }, style: { fill: l.palette[b.c], opacity: .25 } });
          top = []; bottom = [];
        };
        times.forEach((t, i) => {
          if (b.lo[i] === null || b.hi[i] === null) return flush();
          top.push(api.coord([x(t), b.hi[i]])); bottom.push(api.coord([x(t), b.lo[i]]));
        });
        flush();
        return { type: 'group', children };
      }
    };
  }

  function tooltip(chart, l, rows) {
    return {
      trigger: 'axis', confine: true, backgroundColor: l.panel, borderColor: l.rule, textStyle: { color: l.ink, fontSize: 12 }, axisPointer: { type: 'line' },
      formatter: params => {
        if (hovered && hovered !== chart.id) return ''; // the line moves in all charts, the box shows in one
        const at = params.length ? params[0].axisValue * data.divisor : 0;
        const on = data.spans.filter(s => at >= s.start && at < s.end).map(s => (s.fault ? 'fault: ' : 'phase: ') + s.name);
        const lines = rows(params).map(r => '<div style="display:flex;justify-content:space-between;gap:18px"><span><span style="color:' + r[2] + '">&#9632;</span> '
          + escapeText(r[0]) + '</span><b>' + escapeText(number(r[1])) + '</b></div>');
        return '<b>' + escapeText(time(at)) + '</b> <span style="color:' + l.soft + '">' + escapeText(chart.unit) + '</span>' + lines.join('')
          + on.map(o => '<div style="color:' + l.soft + '">' + escapeText(o) + '</div>').join('');
      }
    };
  }

  function yAxis(chart, l, type, more) {
    return Object.assign({
      type, name: chart.unit, nameTextStyle: { color: l.soft, align: 'left' }, nameGap: 12, axisLabel: { color: l.soft, formatter: type === 'value' ? number : undefined },
      axisLine: { show: false }, splitLine: { show: type === 'value', lineStyle: { color: l.rule } }
    }, more || {});
  }

  function lineChart(chart, l) {
    const option = frame(chart, l);
    option.yAxis = yAxis(chart, l, 'value', { min: 0, max: chart.top ? v => Math.max(chart.top, v.max) : undefined });
    const sums = [];
    const drawn = chart.lines.map((line, n) => {
      if (!chart.stacked) return lineSeries(line, data.times[line.t], line.v, l, chart.lines.length > 4, { z: line.s ? 3 : 2 });
      // the lines of a stack share their times; sums are drawn, the tooltip shows the parts
      line.v.forEach((v, i) => { sums[i] = (sums[i] || 0) + (v || 0); });
      return lineSeries(line, data.times[line.t], sums.slice(), l, false, { areaStyle: { color: l.palette[line.c], opacity: 1 }, lineStyle: { width: 0 }, z: 3 - n / 100, step: false });
    });
    option.series = chart.bands.map(b => band(b, l)).concat(drawn, shading(l));
    if (chart.marks.length) option.series.push({ name: '\u200bmarks', type: 'line', data: [], silent: true, tooltip: { show: false }, markLine: marks(chart, l), z: 6 });
    if (chart.stacked) option.series.find(s => s.markArea).z = 5;
    const names = chart.lines.map(s => s.n).concat(chart.bands.map(b => b.n));
    const width = names.reduce((sum, n) => sum + Math.min(n.length, 24) * 7 + 38, 0);
    const rows = Math.min(4, Math.ceil(width / (document.getElementById('chart-' + chart.id).clientWidth - 10)));
    option.grid.bottom = 42 + 20 * rows;
    option.legend = { type: rows < 4 ? 'plain' : 'scroll', bottom: 0, formatter: n => n.length > 24 ? n.slice(0, 23) + '…' : n, itemWidth: 18, itemHeight: 9, textStyle: { color: l.ink }, pageTextStyle: { color: l.soft }, pageIconColor: l.soft,
      data: names, selectedMode: !chart.stacked, inactiveColor: l.rule };
    option.tooltip = tooltip(chart, l, params => {
      const seen = new Map(params.filter(p => p.seriesType === 'line').map(p => [p.seriesName, p.dataIndex]));
      const order = chart.stacked ? chart.lines.slice().reverse() : chart.lines;
      const rows = order.filter(s => seen.has(s.n)).map(s => [s.n, s.v[seen.get(s.n)], l.palette[s.c]]);
      params.filter(p => p.seriesType === 'custom').forEach(p => {
        const b = chart.bands.find(o => o.n === p.seriesName);
        if (b) rows.push(['min', b.lo[p.dataIndex], l.palette[b.c]]);
      });
      return rows;
    });
    return option;
  }

  function heatChart(chart, l) {
    const heat = chart.heat;
    const option = frame(chart, l);
    option.yAxis = yAxis(chart, l, 'category', { name: '', data: heat.rows, axisTick: { show: false } });
    const cells = [];
    heat.cells.forEach((values, row) => values.forEach((v, i) => { if (v > 0) cells.push([x(heat.starts[i]), row, v, x(heat.ends[i])]); }));
    option.visualMap = { min: 0, max: heat.max || 1, dimension: 2, seriesIndex: 0, calculable: false, orient: 'horizontal', left: 'center', bottom: 0, itemHeight: 160, itemWidth: 12,
      text: [number(heat.max) + ' ' + heat.unit, '0'], textStyle: { color: l.ink }, inRange: { color: l.heat } };
    option.series = [{
      name: chart.title, type: 'custom', clip: true, encode: { x: 0, y: 1 }, data: cells,
      renderItem: (params, api) => {
        const from = api.coord([api.value(0), api.value(1)]);
        const to = api.coord([api.value(3), api.value(1)]);
        const height = api.size([0, 1])[1];
        return { type: 'rect', shape: { x: from[0], y: from[1] - height / 2 + 1, width: Math.max(1, to[0] - from[0] + .5), height: height - 2 }, style: { fill: api.visual('color') } };
      }
    }, Object.assign(shading(l, true), { z: 5 })]; // more colour would be read as a value
    option.tooltip = Object.assign(tooltip(chart, l, () => []), { trigger: 'item', formatter: p => p.data && p.data.length === 4
      ? '<b>' + escapeText(time(p.data[0] * data.divisor)) + '</b><br>' + escapeText(heat.rows[p.data[1]]) + ': <b>' + escapeText(number(p.data[2])) + '</b> ' + escapeText(heat.unit) : '' });
    return option;
  }

  /** Phases, faults and first moments as bars over time. */
  function strip(chart, l) {
    const option = frame(chart, l);
    const rows = ['moments', 'faults', 'phases'];
    option.yAxis = yAxis({ unit: '' }, l, 'category', { data: rows, axisTick: { show: false }, splitLine: { show: true, lineStyle: { color: l.rule } } });
    option.grid.top = 34; option.grid.bottom = 70;
    option.dataZoom.push({ type: 'slider', id: 'slider', filterMode: 'none', bottom: 4, height: 18, showDetail: false, brushSelect: false, borderColor: l.rule,
      start: zoom.start, end: zoom.end });
    const bars = data.spans.map(s => ({ name: s.name, value: [x(s.start), s.fault ? 1 : 2, x(s.end)], fault: s.fault }));
    option.series = [{
      type: 'custom', clip: true, encode: { x: [0, 2], y: 1 }, data: bars,
      renderItem: (params, api) => {
        const bar = bars[params.dataIndex];
        const from = api.coord([api.value(0), api.value(1)]);
        const to = api.coord([api.value(2), api.value(1)]);
        const height = api.size([0, 1])[1] * .72;
        const area = { x: params.coordSys.x, y: params.coordSys.y, width: params.coordSys.width, height: params.coordSys.height };
        const shape = echarts.graphic.clipRectByRect({ x: from[0], y: from[1] - height / 2, width: Math.max(3, to[0] - from[0]), height }, area);
        if (!shape) return null;
        return { type: 'rect', shape, style: { fill: bar.fault ? l.palette[4] : l.palette[5], stroke: l.ground, lineWidth: 1 },
          textContent: { style: { text: shape.width > 34 ? bar.name : '', fill: '#111', fontSize: 12, width: shape.width - 6, overflow: 'truncate' } }, textConfig: { position: 'inside' } };
      }
    }, {
      type: 'scatter', symbol: 'diamond', symbolSize: 13, itemStyle: { color: l.palette[1], borderColor: l.ground },
      data: data.moments.map(m => ({ name: m.name, value: [x(m.time), 0] }))
    }];
    option.tooltip = { trigger: 'item', confine: true, backgroundColor: l.panel, borderColor: l.rule, textStyle: { color: l.ink, fontSize: 12 },
      formatter: p => '<b>' + escapeText(p.data.name) + '</b><br>' + escapeText(time(p.data.value[0] * data.divisor)
        + (p.data.value.length === 3 ? ' to ' + time(p.data.value[2] * data.divisor) : '')) };
    return option;
  }

  function option(chart) {
    const l = look();
    return chart.id === 'timeline' ? strip(chart, l) : chart.heat ? heatChart(chart, l) : lineChart(chart, l);
  }

  function linkZoom(instance) {
    instance.on('datazoom', () => {
      const now = instance.getOption().dataZoom.find(z => z.id === 'zoom');
      if (!now || (Math.abs(now.start - zoom.start) < 1e-6 && Math.abs(now.end - zoom.end) < 1e-6)) return;
      zoom.start = now.start; zoom.end = now.end;
      charts.filter(c => c.instance !== instance).forEach(c =>
        c.instance.dispatchAction({ type: 'dataZoom', dataZoomId: 'zoom', start: zoom.start, end: zoom.end }));
      // not from within the event: a chart may not be set while it updates
      clearTimeout(ticking);
      ticking = setTimeout(() => charts.forEach(c => c.instance.setOption({ xAxis: { axisLabel: { customValues: ticks() }, axisTick: { customValues: ticks() } } })), 50);
    });
    instance.on('restore', () => {
      if (zoom.start === 0 && zoom.end === 100) return;
      zoom.start = 0; zoom.end = 100;
      redraw();
    });
    instance.getZr().on('dblclick', () => instance.dispatchAction({ type: 'dataZoom', dataZoomId: 'zoom', start: 0, end: 100 }));
  }

  function dragZooms(instance) { // by touch a drag scrolls the page
    if (pointer) instance.dispatchAction({ type: 'takeGlobalCursor', key: 'dataZoomSelect', dataZoomSelectActive: true });
  }

  function redraw() {
    charts.forEach(c => { c.instance.setOption(option(c.chart), true); dragZooms(c.instance); });
  }

  function draw(chart) {
    const place = document.getElementById('chart-' + chart.id);
    const instance = echarts.init(place, null, { renderer: 'canvas' });
    instance.setOption(option(chart));
    charts.push({ chart, instance });
    place.addEventListener('mouseenter', () => { hovered = chart.id; });
    linkZoom(instance);
    dragZooms(instance);
    // only charts in sight follow the pointer: thirty at once would stutter
    new IntersectionObserver(seen => { instance.group = seen[seen.length - 1].isIntersecting ? 'run' : ''; }).observe(place);
  }

  async function inflate(id) {
    const bytes = Uint8Array.from(atob(document.getElementById(id).textContent.trim()), c => c.charCodeAt(0));
    return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate'))).text();
  }

  function fallBack(reason) {
    const place = document.getElementById('fallback');
    place.innerHTML = document.querySelector('noscript').textContent;
    const p = document.createElement('p');
    p.textContent = 'The interactive charts could not be drawn (' + reason + '). A newer browser helps; the pictures show the most important ones.';
    place.prepend(p);
    document.querySelectorAll('.chart').forEach(c => { c.style.display = 'none'; });
  }

  async function start() {
    data.charts.forEach(c => showNumbers(data, c, time, number));
    const script = document.createElement('script');
    script.textContent = await inflate('echarts');
    document.head.appendChild(script);
    for (const chart of data.charts) {
      draw(chart);
      await new Promise(done => setTimeout(done)); // the page stays alive between two charts
    }
    echarts.connect('run');
    let timer = 0;
    let width = window.innerWidth;
    window.addEventListener('resize', () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        if (width === window.innerWidth) return;
        width = window.innerWidth;
        charts.forEach(c => c.instance.resize());
        redraw();
      }, 100);
    });
    darkQuery.addEventListener('change', redraw);
    window.addEventListener('beforeprint', () => { printing = true; redraw(); charts.forEach(c => c.instance.resize()); });
    window.addEventListener('afterprint', () => { printing = false; redraw(); charts.forEach(c => c.instance.resize()); });
    window.kilonode = { charts };
    document.documentElement.dataset.ready = 'true';
  }

  start().catch(e => { fallBack(e.message); document.documentElement.dataset.ready = 'failed'; });
})();

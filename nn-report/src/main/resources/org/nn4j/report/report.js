"use strict";
(() => {
  const color = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const seriesColor = i => color("--c" + i % 8);
  const number = text => { const value = parseFloat(text); return Number.isFinite(value) ? value : null; };
  const short = value => value == null ? "" : String(+value.toPrecision(5));
  const WHOLE = Array.from({ length: 30 }, (_, i) => [1, 2, 5][i % 3] * 10 ** Math.floor(i / 3));
  const UNITS = [[1e9, "G"], [1e6, "M"], [1e3, "k"]];

  /** Returns the label of a tick; of 10,000 and more in thousands, millions or billions. */
  const tickText = tick => {
    if (tick == null) {
      return "";
    }
    const [unit, name] = Math.abs(tick) < 1e4 || Math.abs(tick) >= 1e12 ? [1, ""] : UNITS.find(([least]) => Math.abs(tick) >= least);
    return +(tick / unit).toPrecision(4) + name;
  };
  const dark = matchMedia("(prefers-color-scheme: dark)");

  /** Returns the columns of a table, as uPlot takes them. */
  const columns = table => {
    const rows = [...table.tBodies[0].rows].map(row => [...row.cells].map(cell => number(cell.textContent)));
    return [...table.tHead.rows[0].cells].map((_, i) => rows.map(row => row[i]));
  };

  const series = (head, i, rows) => {
    const stroke = seriesColor(i);
    const points = head.dataset.style === "POINTS";
    const dashed = head.dataset.style === "DASHED";
    return {
      label: head.textContent,
      scale: "right" in head.dataset ? "right" : "y",
      stroke,
      width: 2,
      dash: dashed ? [6, 4] : undefined,
      paths: points ? () => null : undefined,
      points: points ? { show: true, size: 7, fill: stroke, width: 0 } : dashed && rows > 1 ? { show: false } : { fill: color("--page") },
      spanGaps: false,
      value: (_, value) => short(value),
    };
  };

  const axis = (scale, label, more) => ({
    scale, label, stroke: color("--quiet"), labelSize: 20, labelFont: "13px system-ui", font: "12px system-ui",
    grid: { stroke: color("--line"), width: 1 }, ticks: { stroke: color("--line"), width: 1 }, ...more,
  });

  const range = (_, least, largest) =>
    least == null ? [0, 1] : least === largest ? [Math.min(0, 2 * least), Math.max(least === 0 ? 1 : 0, 2 * least)] : uPlot.rangeNum(least, largest, 0.1, true);

  const size = plot => {
    const width = Math.max(240, plot.clientWidth);
    return { width, height: Math.round(Math.min(320, Math.max(230, width * 0.6))) };
  };

  /** Draws a figure's chart; the cursor stays at the row that the keyboard chose. */
  const draw = figure => {
    const plot = figure.querySelector(".plot");
    const table = figure.querySelector("details table");
    const [x, ...heads] = table.tHead.rows[0].cells;
    const data = columns(table);
    const isDashed = i => heads[i - 1]?.dataset.style === "DASHED";
    const whole = data[0].every(Number.isInteger);
    const values = {
      values: (_, ticks) => ticks.map(tickText),
      size: (_, texts) => 18 + 7.5 * Math.max(3, ...(texts ?? []).map(text => text.length)),
    };
    const axes = [
      axis("x", x.textContent, { values: values.values, size: 32, ...(whole ? { space: data[0].at(-1) < 1000 ? 30 : 50, incrs: WHOLE } : {}) }),
      axis("y", table.dataset.y, values),
    ];
    if (table.dataset.right) {
      axes.push(axis("right", table.dataset.right, { ...values, side: 1, grid: { show: false } }));
    }
    plot.replaceChildren();
    const pointAtRow = chart => {
      if ("row" in plot.dataset) {
        chart.setCursor({ left: chart.valToPos(data[0][plot.dataset.row], "x"), top: 0 });
      }
    };
    const chart = new uPlot({
      ...size(plot), axes,
      hooks: { ready: [pointAtRow] },
      scales: { x: { time: false }, y: { range }, right: { range } },
      cursor: { y: false, points: { fill: (_, i) => seriesColor(i - 1) } },
      legend: { markers: { fill: (_, i) => isDashed(i) ? color("--page") : seriesColor(i - 1), dash: (_, i) => isDashed(i) ? "dashed" : "solid" } },
      series: [{ label: x.textContent, value: (_, value) => short(value) }, ...heads.map((head, i) => series(head, i, data[0].length))],
    }, data, plot);
    plot.onkeydown = event => {
      const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (step && data[0].length) {
        plot.dataset.row = Math.min(data[0].length - 1, Math.max(0, Number(plot.dataset.row ?? -1) + step));
        pointAtRow(chart);
        event.preventDefault();
      }
    };
    return chart;
  };

  let charts = [];
  const figures = [...document.querySelectorAll("figure.chart")];
  const drawAll = () => { charts = figures.map(draw); };
  drawAll();
  dark.addEventListener("change", drawAll);
  new ResizeObserver(() => charts.forEach((chart, i) => {
    const { width, height } = size(figures[i].querySelector(".plot"));
    if (chart.width !== width) {
      chart.setSize({ width, height });
    }
  })).observe(document.body);

  if ("running" in document.body.dataset) {
    setInterval(() => {
      const inUse = document.hidden || document.querySelector("details[open]") || document.activeElement !== document.body;
      if (!inUse) {
        location.reload();
      }
    }, 5000);
  }
})();

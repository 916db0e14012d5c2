(async () => {
  // Base 85 (RFC 1924) with , . : for & < >, which would be markup; then gzip.
  const digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%,()*+-;.=:?@^_`{|}~";
  const unpack = async (element) => {
    const text = element.textContent, value = new Uint8Array(128);
    for (let i = 0; i < 85; i++) value[digits.charCodeAt(i)] = i;
    const bytes = new Uint8Array((text.length / 5) * 4), view = new DataView(bytes.buffer);
    for (let i = 0, at = 0; i < text.length; i += 5, at += 4) {
      let word = 0;
      for (let j = 0; j < 5; j++) word = word * 85 + value[text.charCodeAt(i + j)];
      view.setUint32(at, word);
    }
    const packed = bytes.subarray(0, bytes.length - Number(element.dataset.padding));
    return new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"))).text();
  };
  const script = document.createElement("script");
  script.textContent = await unpack(document.getElementById("plotly-packed"));
  document.head.append(script);
  const specs = [];
  for (const figure of document.querySelectorAll("figure.chart")) {
    const element = figure.querySelector("script");
    specs.push([figure, element.dataset.padding ? await unpack(element) : element.textContent]);
  }
  const ink = () => getComputedStyle(document.body).color;
  // The colours of white paper (chart.py), and of black: ink, quiet, broken, cannot be told, links, the band of chance.
  const black = { "#1a1f24": "#e9ebee", "#586370": "#a4aeb9", "#a8320c": "#ff9c75", "#785a00": "#e2b93f", "#0a58a6": "#8dbbf5", "#eaedf0": "#252b31" };
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const draw = () => {
    for (const [figure, text] of specs) {
      const spec = JSON.parse(dark.matches ? text.replace(/#[0-9a-f]{6}/g, (colour) => black[colour] || colour) : text);
      const grid = getComputedStyle(document.documentElement).getPropertyValue("--line").trim();
      spec.layout.font.color = ink();
      for (const axis of ["xaxis", "yaxis"]) Object.assign(spec.layout[axis], { gridcolor: grid, zerolinecolor: grid, linecolor: grid });
      for (const note of spec.layout.annotations || []) note.font = { color: ink(), ...note.font };
      figure.classList.remove("unseen");
      const ticks = spec.layout.xaxis.ticktext;  // on a phone every second month
      if (ticks && figure.clientWidth < 500) spec.layout.xaxis.ticktext = ticks.map((text, place) => place % 2 ? "" : text);
      Plotly.react(figure.querySelector(".area"), spec.data, spec.layout, { displayModeBar: false, responsive: true });
    }
    document.documentElement.dataset.charts = "drawn";
  };
  draw();
  dark.addEventListener("change", draw);
})();

(async () => {
  const packed = Uint8Array.from(atob(document.getElementById("plotly-packed").textContent), (c) => c.charCodeAt(0));
  const unpacked = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  const script = document.createElement("script");
  script.textContent = await new Response(unpacked).text();
  document.head.append(script);
  const ink = () => getComputedStyle(document.body).color;
  const draw = () => {
    for (const figure of document.querySelectorAll("figure.chart")) {
      const spec = JSON.parse(figure.querySelector("script").textContent);
      const grid = getComputedStyle(document.documentElement).getPropertyValue("--line").trim();
      spec.layout.font.color = ink();
      for (const axis of ["xaxis", "yaxis"]) Object.assign(spec.layout[axis], { gridcolor: grid, zerolinecolor: grid, linecolor: grid });
      for (const note of spec.layout.annotations || []) note.font = { color: ink() };
      figure.classList.remove("unseen");
      Plotly.react(figure.querySelector(".area"), spec.data, spec.layout, { displayModeBar: false, responsive: true });
    }
    document.documentElement.dataset.charts = "drawn";
  };
  draw();
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
})();

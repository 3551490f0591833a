// <data-chart kind="line|bars">: draws the figures of the table behind it with ECharts, in place of
// the server's drawing. Table and summary stay for those who do not look at drawings.
//
// A chunk of its own, loaded on managers' boards only. The policy forbids inline styles in markup;
// the SVG renderer sets them through the CSSOM, which the policy leaves alone, and the tooltip is
// drawn inside the picture (`richText`), so nothing here writes HTML.

import { BarChart, LineChart } from "echarts/charts";
import { GridComponent, MarkLineComponent, TooltipComponent } from "echarts/components";
import { init, use, type EChartsType } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import { points, type Point } from "./chart-table.ts";

use([BarChart, LineChart, GridComponent, MarkLineComponent, TooltipComponent, SVGRenderer]);

/** The height a bar takes with the room around it. */
const ROW = 34;
/** Below this a scale has fewer marks. */
const NARROW = 520;

class DataChart extends HTMLElement {
  private chart: EChartsType | undefined;
  private watcher: ResizeObserver | undefined;
  private readonly dark = window.matchMedia("(prefers-color-scheme: dark)");
  private readonly redraw = (): void => this.draw();

  connectedCallback(): void {
    const figure = this.querySelector("figure");
    const drawn = this.querySelector(".chart-drawn");
    const data = points(this.querySelector("table"));
    if (!figure || !drawn || data.length === 0) return;
    const place = document.createElement("div");
    place.className = "chart-live";
    place.setAttribute("aria-hidden", "true");
    if (this.kind() === "bars") place.style.blockSize = `${data.length * ROW + 70}px`;
    drawn.after(place);
    figure.classList.add("chart-is-live");
    this.chart = init(place, null, { renderer: "svg" });
    this.watcher = new ResizeObserver(() => this.chart?.resize());
    this.watcher.observe(place);
    this.dark.addEventListener("change", this.redraw);
    this.draw();
  }

  disconnectedCallback(): void {
    this.watcher?.disconnect();
    this.dark.removeEventListener("change", this.redraw);
    this.chart?.dispose();
    this.chart = undefined;
  }

  private kind(): string {
    return this.getAttribute("kind") ?? "line";
  }

  private draw(): void {
    const data = points(this.querySelector("table"));
    const colour = colours(this);
    const unit = this.getAttribute("unit") ?? "";
    const goal = Number(this.getAttribute("goal"));
    const bars = this.kind() === "bars";
    const values = {
      type: "value" as const,
      ...(unit === "%" && data.every((point) => (point.value ?? 0) <= 100) ? { min: 0, max: 100 } : {}),
      splitNumber: bars && this.clientWidth < NARROW ? 2 : 5,
      axisLabel: {
        formatter: `{value}${unit}`,
        color: colour.soft,
        fontSize: 13,
        hideOverlap: true,
      },
      splitLine: { lineStyle: { color: colour.line } },
    };
    const names = {
      type: "category" as const,
      data: data.map((point) => point.label),
      axisLabel: { color: colour.ink, fontSize: 13, hideOverlap: !bars },
      axisLine: { lineStyle: { color: colour.line } },
      axisTick: { show: false },
      ...(bars ? { inverse: true } : { boundaryGap: false }),
    };
    const mark = this.hasAttribute("goal")
      ? {
          silent: true,
          symbol: "none",
          data: [bars ? { xAxis: goal } : { yAxis: goal }],
          lineStyle: { color: colour.ink, type: "dashed" as const, width: 2 },
          label: {
            show: !bars,
            formatter: this.getAttribute("goal-words") ?? "",
            position: "insideEndTop" as const,
            color: colour.ink,
            fontSize: 13,
          },
        }
      : undefined;
    this.chart?.setOption(
      {
        animation: false,
        textStyle: { fontFamily: getComputedStyle(this).fontFamily },
        grid: { left: 8, right: bars ? 64 : 28, top: 16, bottom: 8, containLabel: true },
        tooltip: {
          trigger: "axis",
          renderMode: "richText",
          confine: true,
          backgroundColor: colour.sheet,
          borderColor: colour.line,
          textStyle: { color: colour.ink, fontSize: 14 },
          formatter: (found: unknown) => said(data, found),
        },
        xAxis: bars ? values : names,
        yAxis: bars ? names : values,
        series: [
          bars
            ? {
                type: "bar",
                data: data.map((point) => point.value),
                barMaxWidth: 18,
                itemStyle: { color: colour.accent },
                label: {
                  show: true,
                  position: "right",
                  color: colour.ink,
                  fontSize: 13,
                  formatter: (one: { dataIndex: number }) => data[one.dataIndex]?.words ?? "",
                },
                ...(mark ? { markLine: mark } : {}),
              }
            : {
                type: "line",
                data: data.map((point) => point.value),
                symbolSize: 8,
                lineStyle: { color: colour.accent, width: 2.5 },
                itemStyle: { color: colour.accent },
                ...(mark ? { markLine: mark } : {}),
              },
        ],
      },
      true,
    );
  }
}

/** What the tooltip says of the place pointed at: as the table writes it. */
function said(data: Point[], found: unknown): string {
  const first = (Array.isArray(found) ? found[0] : found) as { dataIndex?: number } | undefined;
  const point = data[first?.dataIndex ?? -1];
  return point ? `${point.label}: ${point.words}` : "";
}

/** The page's own colours, light or dark. */
function colours(element: Element): Record<"ink" | "soft" | "line" | "accent" | "sheet", string> {
  const style = getComputedStyle(element);
  const token = (name: string): string => style.getPropertyValue(name).trim();
  return {
    ink: token("--ink"),
    soft: token("--ink-soft"),
    line: token("--line"),
    accent: token("--accent"),
    sheet: token("--sheet"),
  };
}

customElements.define("data-chart", DataChart);

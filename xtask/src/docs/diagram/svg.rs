use std::fmt::Write as _;

use super::{
    graph::{Edge, Graph},
    label::{CHARACTER, LINE},
    layout::{Area, Layout, Point, Route},
};

const MARGIN: f64 = 24.0;
/// The height of title and remarks.
const HEADING: f64 = 88.0;
/// The length of an arrow.
const ARROW: f64 = 8.0;

/// Light by default, dark where the reader prefers it. The ground is drawn, because a page may be
/// light while its reader prefers dark.
const STYLE: &str = "\
text { font: 12px ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace; fill: #1f2328; }
.ground { fill: #ffffff; }
.middle { text-anchor: middle; }
.title { font-weight: bold; font-size: 15px; }
.name { font-weight: bold; }
.small { fill: #59636e; }
.state rect { fill: #ddf4ff; stroke: #0969da; stroke-width: 1.5; }
.end rect { fill: #dafbe1; stroke: #1a7f37; stroke-width: 2.5; }
path { fill: none; stroke-width: 1.3; }
.down path { stroke: #59636e; } .down polygon { fill: #59636e; }
.up path { stroke: #bc4c00; stroke-dasharray: 5 3; } .up polygon { fill: #bc4c00; }
.both path { stroke: #8250df; } .both polygon { fill: #8250df; }
@media (prefers-color-scheme: dark) {
text { fill: #e6edf3; }
.ground { fill: #0d1117; }
.small { fill: #9198a1; }
.state rect { fill: #0c2d6b; stroke: #4493f8; }
.end rect { fill: #033a16; stroke: #3fb950; }
.down path { stroke: #9198a1; } .down polygon { fill: #9198a1; }
.up path { stroke: #f0883e; } .up polygon { fill: #f0883e; }
.both path { stroke: #ab7df8; } .both polygon { fill: #ab7df8; }
}
";

/// Draws a graph.
pub(super) fn draw(title: &str, remarks: [&str; 2], graph: &Graph) -> String {
    let layout = Layout::of(graph);
    let text = remarks.map(|remark| remark.chars().count() as f64 * CHARACTER);
    let width = layout.width.max(text[0]).max(text[1]) + 2.0 * MARGIN;
    let height = layout.height + HEADING + MARGIN;
    let left = (width - layout.width) / 2.0;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.0} {height:.0}\" \
         width=\"{width:.0}\" height=\"{height:.0}\" role=\"img\" aria-label=\"{title}\">\n\
         <style>\n{STYLE}</style>\n\
         <rect class=\"ground\" width=\"100%\" height=\"100%\"/>\n\
         <text class=\"title\" x=\"{MARGIN}\" y=\"30\">{title}</text>\n\
         <text class=\"small\" x=\"{MARGIN}\" y=\"50\">{first}</text>\n\
         <text class=\"small\" x=\"{MARGIN}\" y=\"66\">{second}</text>\n\
         <g transform=\"translate({left:.0} {HEADING:.0})\">\n",
        title = escape(title),
        first = escape(remarks[0]),
        second = escape(remarks[1]),
    );
    for (edge, route) in graph.edges.iter().zip(&layout.routes) {
        push_edge(&mut svg, edge, route);
    }
    for (state, place) in graph.states.iter().zip(&layout.states) {
        let class = if state.is_end { "end" } else { "state" };
        push_state(&mut svg, class, place);
    }
    svg.push_str("</g>\n</svg>\n");
    svg
}

fn push_edge(svg: &mut String, edge: &Edge, route: &Route) {
    let (down, up) = if route.first_is_above {
        (&edge.there, &edge.back)
    } else {
        (&edge.back, &edge.there)
    };
    let class = match (down.is_empty(), up.is_empty()) {
        (false, false) => "both",
        (true, _) => "up",
        (_, true) => "down",
    };
    push(svg, format_args!("<g class=\"{class}\">\n"));
    let mut above = route.above.clone();
    let mut below = route.below.clone();
    // The line ends inside its arrow, so that the point of the arrow stays sharp.
    if !up.is_empty() {
        let (x, y) = above[0];
        push_arrow(svg, (x, y), ARROW);
        above[0] = (x, y + ARROW / 2.0);
    }
    if !down.is_empty() {
        let last = below.len() - 1;
        let (x, y) = below[last];
        push_arrow(svg, (x, y), -ARROW);
        below[last] = (x, y - ARROW / 2.0);
    }
    push_path(svg, &above);
    push_path(svg, &below);
    push_lines(svg, "small middle", &route.label.lines, &route.label);
    svg.push_str("</g>\n");
}

/// Draws a triangle whose point is at `tip` and whose base is `length` below it.
fn push_arrow(svg: &mut String, (x, y): Point, length: f64) {
    let (left, right, base) = (x - 4.0, x + 4.0, y + length);
    push(
        svg,
        format_args!(
            "<polygon points=\"{x:.1},{y:.1} {left:.1},{base:.1} {right:.1},{base:.1}\"/>\n"
        ),
    );
}

/// Draws a line through points: straight down where it can, else a curve that leaves and
/// arrives upright.
fn push_path(svg: &mut String, points: &[Point]) {
    let (x, y) = points[0];
    push(svg, format_args!("<path d=\"M{x:.1} {y:.1}"));
    for pair in points.windows(2) {
        let [(x0, y0), (x, y)] = [pair[0], pair[1]];
        if (x - x0).abs() < 0.5 {
            push(svg, format_args!("L{x:.1} {y:.1}"));
        } else {
            let middle = (y0 + y) / 2.0;
            push(
                svg,
                format_args!("C{x0:.1} {middle:.1} {x:.1} {middle:.1} {x:.1} {y:.1}"),
            );
        }
    }
    svg.push_str("\"/>\n");
}

fn push_state(svg: &mut String, class: &str, place: &Area) {
    let Area {
        centre,
        top,
        width,
        height,
        ..
    } = place;
    let left = centre - width / 2.0;
    push(
        svg,
        format_args!(
            "<g class=\"{class}\">\n<rect x=\"{left:.1}\" y=\"{top:.1}\" width=\"{width:.1}\" \
             height=\"{height:.1}\" rx=\"6\"/>\n"
        ),
    );
    let (name, loops) = place.lines.split_at(1);
    push_lines(svg, "name middle", name, place);
    let below = Area {
        top: top + LINE,
        ..place.clone()
    };
    push_lines(svg, "small middle", loops, &below);
    svg.push_str("</g>\n");
}

/// Writes lines of text from the top of a box.
fn push_lines(svg: &mut String, class: &str, lines: &[String], place: &Area) {
    let slack = place.height - place.lines.len() as f64 * LINE;
    let mut y = place.top + slack / 2.0 + LINE - 4.0;
    for line in lines {
        let x = place.centre;
        let line = escape(line);
        push(
            svg,
            format_args!("<text class=\"{class}\" x=\"{x:.1}\" y=\"{y:.1}\">{line}</text>\n"),
        );
        y += LINE;
    }
}

fn push(svg: &mut String, text: std::fmt::Arguments<'_>) {
    svg.write_fmt(text).expect("a string takes any text");
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

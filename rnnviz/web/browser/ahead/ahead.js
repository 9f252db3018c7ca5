/** Shows nothing: it is there to come first (see rnnviz/web/ahead.py). */
export default function ahead() {}

/**
 * Training from the weights set by hand: the sliders follow, and the loss is drawn beside that of a
 * random search with as many evaluations. One undo brings the weights set by hand back.
 */

import { button, element, touches, write } from "../drawing/dom.js";
import { short } from "../drawing/number_format.js";
import { leaving } from "../drawing/leaving.js";
import { _ } from "../drawing/texts.js";
import { lossCurves } from "./loss_curves.js";
import { trainingPoll } from "./training_poll.js";

/** @typedef {import("./header.js").TrainingNews} TrainingNews */
/** @typedef {import("./header.js").ByHandHeader} ByHandHeader */
/** @typedef {import("../stepper/changes/changes.js").Changes} Changes */
/** @typedef {import("../stepper/context.js").Context} Context */

const UPDATES = [20, 200];

/**
 * @param {import("../stepper/run_component.js").Server|null} server  null: in a file, where nothing
 *   trains
 * @returns {import("../stepper/views.js").MakeView}
 */
export const trainView = (server) => (context) => {
  if (server === null || !server.answers("poll")) return null;
  const { learnt } = /** @type {ByHandHeader} */ (context.header);
  const said = element("p", {
    class: "quiet",
    role: "status",
    "data-testid": "training-from-here",
  });
  const curves = lossCurves();
  const training = trainingOf(context, server, { say: (text) => write(said, text), curves });
  const starts = UPDATES.map((updates) => {
    const label = _("Train {updates} updates from here", { updates });
    return button(label, label, () => training.start(updates), { "data-updates": updates });
  });
  const stop = button(_("Stop training"), _("Stop training"), training.stop);
  training.onTurn((isOn) => {
    for (const one of starts) one.disabled = isOn;
    stop.hidden = !isOn;
  });
  return {
    element: element(
      "section",
      { class: "train-from-here", "aria-label": _("train from here") },
      element("h3", {}, _("Train from here")),
      element("p", { class: "quiet" }, learnt.says),
      learnt.isThere ? element("div", { class: "challenge-buttons" }, ...starts, stop) : null,
      said,
      curves.element,
    ),
    update(changed) {
      if (touches(changed, "history")) training.heed();
    },
    destroy: training.destroy,
  };
};

/**
 * One training after another, each an entry of the history.
 * @param {Context} context @param {import("../stepper/run_component.js").Server} server
 * @param {{say: (text: string) => void, curves: ReturnType<typeof lossCurves>}} shows
 */
function trainingOf({ model, store, controller }, server, { say, curves }) {
  const poll = trainingPoll((asked) => server.tell("poll", asked), leaving());
  /** Told whether one is on. @type {(isOn: boolean) => void} */
  let turn = () => {};
  const set = settingOf(store, controller);

  /** @param {number} updates */
  function start(updates) {
    set.begin();
    say(
      _(
        "Waiting for a worker of this app's server, which trains: the first time it loads PyTorch.",
      ),
    );
    poll.start({ id: Math.random().toString(36).slice(2), updates, weights: weightsOf(model) });
    turn(true);
  }
  function end() {
    poll.rest();
    turn(false);
  }
  /** @param {string} why */
  function drop(why) {
    poll.stop();
    turn(false);
    say(set.hasBegun ? `${why} ${undoText()}` : why);
  }
  /** @param {TrainingNews} news */
  function show(news) {
    curves.show(news);
    if (news.error) {
      say(news.error);
      return end();
    }
    if (news.made === 0) return;
    set.to(news.weights);
    say(progressText(news));
    if (news.made >= news.planned) end();
  }
  const deaf = server.listen((header) => {
    const { training } = /** @type {ByHandHeader} */ (header);
    if (training && poll.hear(training)) show(training);
  });
  return {
    start,
    /** @param {(isOn: boolean) => void} listener */
    onTurn(listener) {
      turn = listener;
      listener(poll.isOn);
    },
    stop: () => drop(_("Stopped.")),
    /** Whoever changes something meanwhile has it as they want it. */
    heed() {
      if (poll.isOn && set.wasChanged()) {
        set.begin();
        drop(_("Stopped, since something was changed by hand."));
      }
    },
    destroy() {
      poll.rest();
      deaf();
    },
  };
}

/** The weights and initial states in force, without the sequences. @param {Context["model"]} model */
function weightsOf({ arrays, liveArrays }) {
  const names = [...arrays.keys()].filter((name) => !/^(x|targets)$/.test(name));
  return Object.fromEntries(names.map((name) => [name, [...(liveArrays.get(name) ?? [])]]));
}

/**
 * Sets all weights: an entry of the history at first, then the same one further on.
 * @param {Context["store"]} store @param {Context["controller"]} controller
 */
function settingOf(store, controller) {
  /** What they were last set to: anything else is the visitor's. @type {Changes|null} */
  let own = null;
  let isSetting = false;
  return {
    get hasBegun() {
      return own !== null;
    },
    begin() {
      own = null;
    },
    /** @param {TrainingNews["weights"]} weights */
    to(weights) {
      isSetting = true;
      controller.setParameters(new Map(Object.entries(weights)), { going: own !== null });
      isSetting = false;
      own = store.state.history.present;
    },
    wasChanged: () => !isSetting && own !== null && store.state.history.present !== own,
  };
}

const undoText = () => _("Undo brings the weights set by hand back.");

/** @param {TrainingNews} news */
function progressText({ made, planned, losses, searched }) {
  const [first, now, tried] = [losses[0], losses.at(-1), searched.at(-1)].map((loss) =>
    short(loss ?? Infinity),
  );
  const text = _(
    "{made} of {planned} updates on this app's server: the loss went from {first} to {now}. The best of as many random tries has {tried}.",
    { made, planned, first, now, tried },
  );
  return made < planned ? text : `${text} ${undoText()}`;
}

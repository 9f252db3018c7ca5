// The habits of the browser modules, checked: what must never happen there, and what makes a
// function too long to be read at once.
import js from "@eslint/js";
import globals from "globals";

const KEYS = "key handlers belong to a component's own root, never to the document or the window";

export default [
  { ignores: ["bundles/"] },
  js.configs.recommended,
  {
    languageOptions: { ecmaVersion: 2023, sourceType: "module", globals: globals.browser },
    rules: {
      eqeqeq: "error",
      "no-eval": "error",
      "no-implied-eval": "error",
      "no-new-func": "error",
      "no-unused-vars": ["error", { ignoreRestSiblings: true }], // `{ a, ...others }` leaves a out
      "no-var": "error",
      "prefer-const": "error",
      "no-restricted-properties": [
        "error",
        ...["innerHTML", "outerHTML", "insertAdjacentHTML"].map((property) => ({
          property,
          message: "what a user typed is shown with textContent",
        })),
        { object: "document", property: "write" },
      ],
      "no-restricted-syntax": [
        "error",
        {
          selector:
            "CallExpression[callee.object.name=/^(document|window)$/][callee.property.name='addEventListener'][arguments.0.value=/^key/]",
          message: KEYS,
        },
      ],
    },
  },
  {
    files: ["{by_hand,drawing,stepper,gradients,site,training,weights,equations,writing}/**/*.js"],
    rules: {
      "max-lines-per-function": ["error", { max: 60, skipBlankLines: true, skipComments: true }],
    },
  },
];

import js from "@eslint/js";

// Names and unused things are the type checker's: the scripts share one scope.
export default [
  { files: ["**/*.js"], ...js.configs.recommended, languageOptions: { ecmaVersion: 2022, sourceType: "script" } },
  {
    files: ["**/*.js"],
    rules: {
      "no-undef": "off", "no-unused-vars": "off", "no-redeclare": "off", "no-control-regex": "off",
      "no-var": "error", "prefer-const": "error", eqeqeq: "error", "no-eval": "error", "no-implied-eval": "error",
      "no-new-func": "error", "no-script-url": "error", "max-lines": ["error", 500],
      "max-lines-per-function": ["error", { max: 50, skipComments: true }], complexity: ["error", 22],
      "no-restricted-properties": ["error",
        { property: "innerHTML", message: "What documents say is text." },
        { property: "outerHTML", message: "What documents say is text." },
        { property: "insertAdjacentHTML", message: "What documents say is text." }],
    },
  },
];

import { load } from "./commonjs.mjs";

export const { createRoot } = load("react-dom/client");

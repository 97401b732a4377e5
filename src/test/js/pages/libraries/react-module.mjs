import { load } from "./commonjs.mjs";

export const { createElement, StrictMode, useEffect, useMemo, useRef, useSyncExternalStore } = load("react");

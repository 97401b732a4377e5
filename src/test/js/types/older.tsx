// Frameworks that have the elements of JSX in a global namespace need no import but this.
import "rollcall-presence/widget";

export const right = <rollcall-count topic="count:42" id="readers" label-one="{n} reader" track />;
// @ts-expect-error a topic is a text
export const wrong = <rollcall-count topic={7} />;

// What no page may write in JSX. Each line after a mark is an error, and no other line is.
import "react";
import type {} from "rollcall-presence/react";
import "rollcall-presence/widget";

// @ts-expect-error a topic is a text
export const one = <rollcall-count topic={7} />;
// @ts-expect-error no such attribute
export const two = <rollcall-count topics="count:42" />;
// @ts-expect-error no such number
export const three = <rollcall-count show="all" />;
// @ts-expect-error counted, or not
export const four = <rollcall-count track="no" />;
// @ts-expect-error no such status
export const five = <rollcall-friends status="gone" />;
// @ts-expect-error an address is a text
export const six = <rollcall-friends token-url={7} />;
// @ts-expect-error no such element
export const seven = <rollcall-counts topic="count:42" />;
// @ts-expect-error no such number
export const eight = <rollcall-count onrollcall-change={({ detail }) => detail.anonymous} />;
// @ts-expect-error a name is a text
export const nine = <rollcall-friends describe={() => ({ name: 7 })} />;
// @ts-expect-error the element is no button
export const ten = <rollcall-count ref={(element) => element?.disabled} />;

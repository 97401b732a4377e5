// A framework of which nobody has heard: its elements take any attribute.
import "rollcall-presence/widget";

declare global {
  namespace JSX {
    interface Element {
      made: true;
    }
    interface IntrinsicElements {
      [name: string]: { [attribute: string]: unknown };
    }
  }
}
declare function make(name: string, attributes: object | null, ...children: unknown[]): JSX.Element;

export const page: JSX.Element = <div any={7}><rollcall-count topic="count:42" class={{ pill: true }} /></div>;
// @ts-expect-error a topic is a text
export const wrong = <rollcall-count topic={7} />;
export { make };

/** For JSX with the types of React 19, or 18: import type {} from "rollcall-presence/react". It exports nothing. */
import type { RollcallCountAttributes, RollcallCountElement, RollcallFriendsAttributes, RollcallFriendsElement } from "./widget.js";

declare module "react" {
  namespace JSX {
    interface IntrinsicElements {
      "rollcall-count": DetailedHTMLProps<HTMLAttributes<RollcallCountElement>, RollcallCountElement> & RollcallCountAttributes;
      "rollcall-friends": DetailedHTMLProps<HTMLAttributes<RollcallFriendsElement>, RollcallFriendsElement> & RollcallFriendsAttributes;
    }
  }
}

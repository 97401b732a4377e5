// What a page may write in JSX, with the types of React 19 and 18.
import { useRef } from "react";
import type {} from "rollcall-presence/react";
import type { RollcallFriendsElement } from "rollcall-presence/widget";
import "rollcall-presence/widget";

export function Page({ topic, counted }: { topic: string; counted: boolean }) {
  const list = useRef<RollcallFriendsElement>(null);
  return (
    <main className="page" onClick={() => list.current?.token}>
      <rollcall-count
        key={topic}
        className="pill"
        id="readers"
        ref={(element) => {
          element?.counts?.total.toFixed();
        }}
        topic={topic}
        track={counted}
        compact=""
        show="viewers"
        label-one="{n} reader"
        label-other="{n} readers"
        data-any={7}
        onrollcall-change={({ detail }) => detail.total.toFixed()}
      >
        –
      </rollcall-count>
      <rollcall-friends
        ref={list}
        token-url="/token"
        token-method="POST"
        user={undefined}
        name="Ada"
        status="away"
        device="Laptop"
        server="https://app.example/rollcall"
        token={async () => "a.b.c"}
        meta={{ note: "Lunch" }}
        describe={(id, metas) => ({ name: `${id} with ${metas.length}`, href: "/people/" + id })}
        onrollcall-friends={({ detail }) => detail.friends.map((friend) => friend.name)}
        onrollcall-state={({ detail }) => detail.state === "live"}
      >
        <p slot="empty">Nobody is online.</p>
      </rollcall-friends>
      <rollcall-count />
      <rollcall-friends />
    </main>
  );
}

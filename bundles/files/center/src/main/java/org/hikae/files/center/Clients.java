package org.hikae.files.center;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hikae.api.files.center.ClientInfo;
import org.hikae.files.center.authority.Invitation;
import org.hikae.files.center.authority.Member;
import org.hikae.files.center.authority.Members;
import org.hikae.files.center.store.CenterStore;

/** All that are known: members, who may come, and whose files are here. */
final class Clients {

    private final Map<String, Member> members = new TreeMap<>();
    private final Map<String, Invitation> invited = new TreeMap<>();
    private final Map<String, CenterStore.Totals> totals;
    private final Map<String, Instant> heard;

    /**
     * @param members null: there never were any
     * @param now invitations that have expired by then are none
     */
    Clients(Members members, CenterStore store, Map<String, Instant> heard, Instant now) throws IOException {
        if (members != null) {
            members.all().forEach(member -> this.members.put(member.name(), member));
            members.invited().stream()
                    .filter(invitation -> now.isBefore(invitation.expires()))
                    .forEach(invitation -> invited.put(invitation.name(), invitation));
        }
        totals = store.totals();
        this.heard = heard;
    }

    List<ClientInfo> list() {
        TreeSet<String> names = new TreeSet<>(members.keySet());
        names.addAll(invited.keySet());
        names.addAll(totals.keySet());
        List<ClientInfo> list = new ArrayList<>();
        for (String name : names) {
            Member member = members.get(name);
            boolean accepted = member != null && !member.revoked();
            CenterStore.Totals total = totals.getOrDefault(name, new CenterStore.Totals(0, 0));
            list.add(new ClientInfo(
                    name,
                    state(name, member),
                    heard.get(name),
                    accepted ? member.until() : null,
                    total.versions(),
                    total.bytes()));
        }
        return list;
    }

    private ClientInfo.State state(String name, Member member) {
        if (member != null && !member.revoked()) {
            return ClientInfo.State.MEMBER;
        } else if (invited.containsKey(name)) {
            return ClientInfo.State.INVITED;
        }
        return member != null ? ClientInfo.State.REVOKED : ClientInfo.State.BELOW;
    }
}

package org.hikae.files.center;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hikae.api.files.center.ClientInfo;
import org.hikae.files.center.authority.Invitation;
import org.hikae.files.center.authority.Member;
import org.hikae.files.center.authority.Members;
import org.hikae.files.center.store.CenterStore;

/** All that are known: members, who may come, and whose files are here. */
final class Clients {

    /** Members that are read at once: each has a certificate, which takes kilobytes. */
    private static final int PAGE = 1000;

    /** By name, when the certificate ends. */
    private final Map<String, Instant> members = new TreeMap<>();

    private final Set<String> revoked = new TreeSet<>();
    private final Map<String, Invitation> invited = new TreeMap<>();
    private final Map<String, CenterStore.Totals> totals;
    private final Map<String, Instant> heard;

    /**
     * @param members null: there never were any
     * @param now invitations that have expired by then are none
     */
    Clients(Members members, CenterStore store, Map<String, Instant> heard, Instant now) throws IOException {
        if (members != null) {
            readPages(members);
            members.invited().stream()
                    .filter(invitation -> now.isBefore(invitation.expires()))
                    .forEach(invitation -> invited.put(invitation.name(), invitation));
        }
        totals = store.totals();
        this.heard = heard;
    }

    private void readPages(Members all) throws IOException {
        String last = null;
        List<Member> page;
        do {
            page = all.page(last, PAGE);
            for (Member each : page) {
                last = each.name();
                if (each.revoked()) {
                    revoked.add(each.name());
                } else {
                    members.put(each.name(), each.until());
                }
            }
        } while (page.size() == PAGE);
    }

    List<ClientInfo> list() {
        TreeSet<String> names = new TreeSet<>(members.keySet());
        names.addAll(revoked);
        names.addAll(invited.keySet());
        names.addAll(totals.keySet());
        List<ClientInfo> list = new ArrayList<>();
        for (String name : names) {
            CenterStore.Totals total = totals.getOrDefault(name, new CenterStore.Totals(0, 0));
            list.add(new ClientInfo(
                    name, state(name), heard.get(name), members.get(name), total.versions(), total.bytes()));
        }
        return list;
    }

    private ClientInfo.State state(String name) {
        if (members.containsKey(name)) {
            return ClientInfo.State.MEMBER;
        } else if (invited.containsKey(name)) {
            return ClientInfo.State.INVITED;
        }
        return revoked.contains(name) ? ClientInfo.State.REVOKED : ClientInfo.State.BELOW;
    }
}

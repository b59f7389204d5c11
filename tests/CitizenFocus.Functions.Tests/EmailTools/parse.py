"""Reads a JSON array of e-mails in base64 on stdin, and prints what Python's e-mail package finds in each, at its strictest."""
import base64, email, email.policy, json, sys

POLICY = email.policy.strict.clone(raise_on_defect=True)


def read(octets):
    try:
        message = email.message_from_bytes(octets, policy=POLICY)
        parts = list(message.walk())
        # A field's value is parsed when it is read.
        fields = [value for part in parts for value in part.values()]
        return {
            "subject": message["subject"],
            "from": message["from"].addresses[0].addr_spec,
            "to": [address.addr_spec for address in message["to"].addresses],
            "toName": message["to"].addresses[0].display_name,
            "text": message.get_body(("plain",)).get_content().replace("\r\n", "\n"),
            "html": message.get_body(("html",)).get_content().replace("\r\n", "\n"),
            "types": [part.get_content_type() for part in parts],
            "fields": [name for part in parts for name in part.keys()],
            "defects": [repr(defect) for thing in parts + fields for defect in getattr(thing, "defects", [])],
        }
    except Exception as fault:
        return {"defects": [repr(fault)]}


json.dump([read(base64.b64decode(each)) for each in json.load(sys.stdin)], sys.stdout)

// Reads a JSON array of iCalendar texts on stdin, and prints what Mozilla's ical.js finds in each. Instants are
// computed from the file's own VTIMEZONE: no zone is registered that did not come with it.
import ICAL from "ical.js";
import { text } from "node:stream/consumers";

const calendars = JSON.parse(await text(process.stdin));
process.stdout.write(JSON.stringify(calendars.map(read)));

function read(source) {
  ICAL.TimezoneService.reset();
  const calendar = new ICAL.Component(ICAL.parse(source));
  const zones = calendar.getAllSubcomponents("vtimezone").map(component => new ICAL.Timezone(component));
  for (const zone of zones) ICAL.TimezoneService.register(zone);
  return {
    method: value(calendar, "method"),
    name: value(calendar, "x-wr-calname"),
    refresh: value(calendar, "refresh-interval")?.toString() ?? null,
    zones: zones.map(zone => zone.tzid),
    events: calendar.getAllSubcomponents("vevent").map(event => readEvent(event, zones)),
  };
}

function readEvent(event, zones) {
  return {
    properties: event.getAllProperties().map(property => property.name),
    uid: value(event, "uid"),
    sequence: value(event, "sequence"),
    status: value(event, "status"),
    summary: value(event, "summary"),
    description: value(event, "description"),
    location: value(event, "location"),
    url: value(event, "url"),
    stamp: time(event, "dtstamp", zones),
    start: time(event, "dtstart", zones),
    end: time(event, "dtend", zones),
    organizer: person(event, "organizer"),
    attendee: person(event, "attendee"),
  };
}

function value(component, name) {
  return component.getFirstPropertyValue(name);
}

/** A day as it is written, an hour in UTC. */
function time(event, name, zones) {
  const property = event.getFirstProperty(name);
  const time = property.getFirstValue();
  if (time.isDate) return time.toString();
  const tzid = property.getFirstParameter("tzid");
  if (tzid) {
    const zone = zones.find(candidate => candidate.tzid === tzid);
    if (!zone) throw new Error(`The file has no VTIMEZONE for ${tzid}`);
    time.zone = zone;
  }
  return time.toJSDate().toISOString();
}

function person(event, name) {
  const property = event.getFirstProperty(name);
  return property && {
    address: property.getFirstValue(),
    name: property.getFirstParameter("cn") ?? null,
    status: property.getFirstParameter("partstat") ?? null,
    role: property.getFirstParameter("role") ?? null,
    rsvp: property.getFirstParameter("rsvp") ?? null,
  };
}

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
    occurrences: calendar.getAllSubcomponents("vevent").filter(event => !event.hasProperty("recurrence-id")).flatMap(readOccurrences),
  };
}

function readEvent(event, zones) {
  return {
    properties: event.getAllProperties().map(property => property.name),
    uid: value(event, "uid"),
    sequence: value(event, "sequence"),
    recurrenceId: event.hasProperty("recurrence-id") ? time(event, "recurrence-id", zones) : null,
    rule: value(event, "rrule")?.toString() ?? null,
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

/** Every occurrence of an entry and of what overrides it, as a calendar would show them. */
function readOccurrences(component) {
  // Left to itself, it takes all exceptions in the file for its own.
  const exceptions = component.parent.getAllSubcomponents("vevent")
    .filter(other => other.hasProperty("recurrence-id") && value(other, "uid") === value(component, "uid"));
  const event = new ICAL.Event(component, { exceptions });
  if (!event.isRecurring()) return [occurrence(event.uid, event.startDate, event.endDate)];
  const found = [];
  const iterator = event.iterator();
  for (let next; found.length < 1000 && (next = iterator.next());) {
    const details = event.getOccurrenceDetails(next);
    found.push(occurrence(event.uid, details.startDate, details.endDate));
  }
  return found;
}

function occurrence(uid, start, end) {
  return { uid, start: written(start), end: written(end) };
}

function written(time) {
  return time.isDate ? time.toString() : time.toJSDate().toISOString();
}

function value(component, name) {
  return component.getFirstPropertyValue(name);
}

/** A day as it is written, an hour in UTC. */
function time(event, name, zones) {
  const property = event.getFirstProperty(name);
  const time = property.getFirstValue();
  if (time.isDate) return written(time);
  const tzid = property.getFirstParameter("tzid");
  if (tzid) {
    const zone = zones.find(candidate => candidate.tzid === tzid);
    if (!zone) throw new Error(`The file has no VTIMEZONE for ${tzid}`);
    time.zone = zone;
  }
  return written(time);
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

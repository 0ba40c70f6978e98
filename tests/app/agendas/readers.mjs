// Reads calendars with ical.js, as Thunderbird does: files named on the command line, JSON on standard output.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

const read = (path) => {
  ICAL.TimezoneService.reset();
  const calendar = new ICAL.Component(ICAL.parse(readFileSync(path, "utf8")));
  for (const zone of calendar.getAllSubcomponents("vtimezone")) {
    ICAL.TimezoneService.register(new ICAL.Timezone(zone));
  }
  return calendar.getAllSubcomponents("vevent").map((component) => {
    const event = new ICAL.Event(component);
    const moment = (time) => (time.isDate ? time.toString() : new Date(time.toUnixTime() * 1000).toISOString());
    return {
      uid: event.uid,
      sequence: event.sequence,
      summary: event.summary,
      location: event.location ?? "",
      description: event.description ?? "",
      status: component.getFirstPropertyValue("status"),
      start: moment(event.startDate),
      end: moment(event.endDate),
      alarms: component.getAllSubcomponents("valarm").length,
    };
  });
};

process.stdout.write(JSON.stringify(process.argv.slice(2).map(read)));

// Spreadsheets as offices make them, and spreadsheets read by somebody else's reader.

import readWorkbook from "read-excel-file/node";
import writeWorkbook from "write-excel-file/node";

/** The bytes of an .xlsx with these rows; a cell is a value or `{ value, type, format, columnSpan }`. */
export function workbook(rows) {
  return writeWorkbook(rows).toBuffer();
}

/** A date of a spreadsheet: a day without a time. */
export function day(year, month, date) {
  return { value: new Date(Date.UTC(year, month - 1, date)), type: Date, format: "dd/mm/yyyy" };
}

/** A title that spans the columns of a table. */
export function title(words, columns) {
  return [{ value: words, columnSpan: columns, fontWeight: "bold", align: "center" }];
}

/** The sheets of a file: `[{ sheet, data: [[cell]] }]`; dates come as Date, text as string. */
export function read(path) {
  return readWorkbook(path);
}

/** A file for an `<input type=file>`. */
export function file(name, buffer) {
  return { name, mimeType: "application/octet-stream", buffer };
}

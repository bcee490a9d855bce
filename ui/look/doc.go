// Package look is how the app looks: the theme with its colours and sizes, the icons, and the small set of widgets that
// every page and the report picture are made of. It presents and reports what the visitor meant through callbacks; it
// looks nothing up, words nothing and decides nothing.
//
// Two habits run through it. Colours are asked for by name when a widget refreshes, so that a change of theme, or an
// override around one part, reaches everything. And heights follow widths: Fyne asks an object for its minimum size
// without telling it how wide it will be, so wrapped text is measured for the wrong width the first time. Everything
// here that can grow in height answers HeightFor(width), and the layouts of this package ask that.
//
// It never imports fyne/v2/app, so that it builds and draws without a C compiler and without a screen.
package look

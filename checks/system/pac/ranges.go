package pac

import (
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/dop251/goja"
)

// The format's names of weekdays and months, in order.
var (
	weekdays = []string{"SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"}
	months   = []string{"JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"}
)

// moment is the arguments of a range function without a last "GMT", and the time in the zone that it asks for.
func (e *evaluation) moment(call goja.FunctionCall) ([]string, time.Time) {
	var args []string
	for _, value := range call.Arguments {
		if !goja.IsUndefined(value) {
			args = append(args, strings.ToUpper(value.String()))
		}
	}
	now := time.Now()
	if e.opt.Now != nil {
		now = e.opt.Now()
	}
	if n := len(args); n > 0 && args[n-1] == "GMT" {
		return args[:n-1], now.UTC()
	}
	return args, now
}

// weekdayRange is weekdayRange(day [, day] [, "GMT"]); both ends count.
func (e *evaluation) weekdayRange(call goja.FunctionCall) goja.Value {
	args, now := e.moment(call)
	if len(args) < 1 || len(args) > 2 {
		return e.vm.ToValue(false)
	}
	from, to := slices.Index(weekdays, args[0]), slices.Index(weekdays, args[len(args)-1])
	today := []int{int(now.Weekday())}
	return e.vm.ToValue(from >= 0 && to >= 0 && within(today, []int{from}, []int{to}, true))
}

// timeRange is timeRange(hour), (hour, hour), (hour, minute, hour, minute) or the same with seconds; both ends count
// in the unit given, so that (9, 17) holds until 17:59:59, as in browsers.
func (e *evaluation) timeRange(call goja.FunctionCall) goja.Value {
	args, now := e.moment(call)
	var values []int
	for _, arg := range args {
		value, err := strconv.Atoi(arg)
		if err != nil {
			return e.vm.ToValue(false)
		}
		values = append(values, value)
	}
	clock := []int{now.Hour(), now.Minute(), now.Second()}
	if len(values) == 1 {
		return e.vm.ToValue(clock[0] == values[0])
	}
	half := len(values) / 2
	if len(values)%2 != 0 || half < 1 || half > len(clock) {
		return e.vm.ToValue(false)
	}
	return e.vm.ToValue(within(clock[:half], values[:half], values[half:], true))
}

// dateRange takes one date or two, each of a day, a month and a year in this order or of some of these: a number up to
// 31 is a day, a larger one a year. Both ends count; a range without years may run over the turn of the year.
func (e *evaluation) dateRange(call goja.FunctionCall) goja.Value {
	args, now := e.moment(call)
	half := len(args)
	if half%2 == 0 {
		half /= 2 // from and to; an odd number is one date
	}
	if half < 1 || half > 3 {
		return e.vm.ToValue(false)
	}
	from, units, ok := date(args[:half])
	to, unitsTo, okTo := date(args[len(args)-half:])
	if !ok || !okTo || units != unitsTo {
		return e.vm.ToValue(false)
	}
	today := []int{now.Year(), int(now.Month()), now.Day()}
	var current, low, high []int
	for i, used := range units {
		if used {
			current, low, high = append(current, today[i]), append(low, from[i]), append(high, to[i])
		}
	}
	hasYear := units[0]
	return e.vm.ToValue(within(current, low, high, !hasYear))
}

// date reads one date's parts as year, month, day, and says which were given.
func date(args []string) (value [3]int, units [3]bool, ok bool) {
	for _, arg := range args {
		unit, part := 1, slices.Index(months, arg)+1
		if part == 0 {
			var err error
			if part, err = strconv.Atoi(arg); err != nil || part < 1 {
				return value, units, false
			}
			unit = 0
			if part <= 31 {
				unit = 2
			}
		}
		if units[unit] {
			return value, units, false
		}
		value[unit], units[unit] = part, true
	}
	return value, units, true
}

// within reports whether value lies between low and high, which are compared part by part and both count. Where a range
// wraps, a low end above the high one runs over the turn.
func within(value, low, high []int, wraps bool) bool {
	above, below := slices.Compare(value, low) >= 0, slices.Compare(value, high) <= 0
	if wraps && slices.Compare(low, high) > 0 {
		return above || below
	}
	return above && below
}

// sortAddresses orders a list of addresses separated by semicolons: IPv6 first, each family by value. It is false when
// one is none, as the format wants it.
func sortAddresses(list string) any {
	var addresses []netip.Addr
	for text := range strings.SplitSeq(list, ";") {
		address, err := netip.ParseAddr(strings.TrimSpace(text))
		if err != nil {
			return false
		}
		addresses = append(addresses, address)
	}
	slices.SortStableFunc(addresses, func(a, b netip.Addr) int {
		if a.Is4() != b.Is4() {
			if b.Is4() {
				return -1
			}
			return 1
		}
		return a.Compare(b)
	})
	texts := make([]string, len(addresses))
	for i, address := range addresses {
		texts[i] = address.String()
	}
	return strings.Join(texts, ";")
}

//go:build !windows && !darwin

package words

import "os"

func preferred() []string { return fromEnvironment(os.Getenv) }

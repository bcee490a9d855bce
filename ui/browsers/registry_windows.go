package browsers

import "golang.org/x/sys/windows/registry"

// registered reads the browsers that have registered themselves for the Start menu, of all users and of this one
// (learn.microsoft.com, "Guidelines for File Associations and Default Programs": Clients\StartMenuInternet).
func registered() []string {
	const clients = `SOFTWARE\Clients\StartMenuInternet`
	var programs []string
	for _, root := range []registry.Key{registry.LOCAL_MACHINE, registry.CURRENT_USER} {
		for _, name := range subKeys(root, clients) {
			key, err := registry.OpenKey(root, clients+`\`+name+`\shell\open\command`, registry.QUERY_VALUE)
			if err != nil {
				continue // registered without a command: nothing to start
			}
			if command, _, err := key.GetStringValue(""); err == nil {
				programs = append(programs, programOf(command))
			}
			_ = key.Close()
		}
	}
	return programs
}

func subKeys(root registry.Key, path string) []string {
	key, err := registry.OpenKey(root, path, registry.ENUMERATE_SUB_KEYS)
	if err != nil {
		return nil
	}
	defer key.Close()
	names, err := key.ReadSubKeyNames(-1)
	if err != nil {
		return nil
	}
	return names
}

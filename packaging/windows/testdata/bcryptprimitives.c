#include <winsock2.h>
#include <windows.h>
#include <stdint.h>
#include <string.h>

#ifndef SIO_UDP_NETRESET
#define SIO_UDP_NETRESET _WSAIOW(IOC_VENDOR, 15)
#endif

BOOLEAN NTAPI SystemFunction036(PVOID, ULONG);

__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE data, SIZE_T size)
{
	while (size > 0) {
		ULONG part = size > 1 << 20 ? 1 << 20 : (ULONG)size;
		if (!SystemFunction036(data, part))
			return FALSE;
		data += part;
		size -= part;
	}
	return TRUE;
}

static int WINAPI ioctl(SOCKET s, DWORD code, LPVOID in, DWORD in_size, LPVOID out, DWORD out_size, LPDWORD returned,
	LPWSAOVERLAPPED overlapped, LPWSAOVERLAPPED_COMPLETION_ROUTINE completed)
{
	if (code == SIO_UDP_NETRESET) {
		*returned = 0;
		return 0;
	}
	return WSAIoctl(s, code, in, in_size, out, out_size, returned, overlapped, completed);
}

static void *near_above(uint8_t *base, uint32_t size)
{
	for (uint64_t at = ((uint64_t)size + 0xffff) & ~0xffffull; at < 0x7fff0000; at += 0x10000) {
		void *page = VirtualAlloc(base + at, 16, MEM_RESERVE | MEM_COMMIT, PAGE_EXECUTE_READWRITE);
		if (page)
			return page;
	}
	return NULL;
}

static void replace(const char *library, const char *name, void *with)
{
	uint8_t *base = (uint8_t *)GetModuleHandleA(library);
	IMAGE_NT_HEADERS64 *nt = (IMAGE_NT_HEADERS64 *)(base + ((IMAGE_DOS_HEADER *)base)->e_lfanew);
	IMAGE_EXPORT_DIRECTORY *dir = (IMAGE_EXPORT_DIRECTORY *)(base + nt->OptionalHeader.DataDirectory[0].VirtualAddress);
	DWORD *names = (DWORD *)(base + dir->AddressOfNames), *functions = (DWORD *)(base + dir->AddressOfFunctions), old;
	WORD *ordinals = (WORD *)(base + dir->AddressOfNameOrdinals);
	uint8_t *jump = near_above(base, nt->OptionalHeader.SizeOfImage);
	if (!jump)
		return;
	memcpy(jump, "\xff\x25\0\0\0\0", 6);
	memcpy(jump + 6, &with, sizeof with);
	for (DWORD i = 0; i < dir->NumberOfNames; i++)
		if (!strcmp((char *)base + names[i], name)) {
			DWORD *entry = &functions[ordinals[i]];
			VirtualProtect(entry, sizeof *entry, PAGE_READWRITE, &old);
			*entry = (DWORD)(jump - base);
			VirtualProtect(entry, sizeof *entry, old, &old);
		}
}

BOOL WINAPI DllMain(HINSTANCE self, DWORD reason, LPVOID reserved)
{
	(void)self, (void)reserved;
	if (reason == DLL_PROCESS_ATTACH)
		replace("ws2_32.dll", "WSAIoctl", ioctl);
	return TRUE;
}

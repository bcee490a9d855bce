/*
 * Stands in for bcryptprimitives.dll under Wine 8, which has none: every Go program asks it for random numbers when it
 * starts. It also answers the one socket option that Go sets and that Wine 8 does not know, SIO_UDP_NETRESET, without
 * which no UDP socket opens; the option is about errors that Linux does not report this way, so doing nothing is right.
 * For tests only: it is put into the prefix and into no package.
 */
#include <winsock2.h>
#include <windows.h>
#include <stdint.h>
#include <string.h>

#ifndef SIO_UDP_NETRESET
#define SIO_UDP_NETRESET _WSAIOW(IOC_VENDOR, 15)
#endif

BOOLEAN NTAPI SystemFunction036(PVOID, ULONG); /* RtlGenRandom of advapi32.dll */

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

static int WINAPI forgiving(SOCKET s, DWORD code, LPVOID in, DWORD in_size, LPVOID out, DWORD out_size, LPDWORD returned,
	LPWSAOVERLAPPED overlapped, LPWSAOVERLAPPED_COMPLETION_ROUTINE completed)
{
	if (code == SIO_UDP_NETRESET) {
		*returned = 0;
		return 0;
	}
	return WSAIoctl(s, code, in, in_size, out, out_size, returned, overlapped, completed);
}

/* Finds a page above a library and near enough for the 32-bit offsets of its export table. */
static uint8_t *page_above(uint8_t *base, uint32_t size)
{
	const uint64_t grain = 0x10000;
	for (uint64_t at = (size + grain - 1) / grain * grain; at < 0x7fff0000; at += grain) {
		void *page = VirtualAlloc(base + at, grain, MEM_RESERVE | MEM_COMMIT, PAGE_EXECUTE_READWRITE);
		if (page)
			return page;
	}
	return NULL;
}

/* Makes GetProcAddress find another function under a library's name. */
static void replace(const char *library, const char *name, void *other)
{
	uint8_t *base = (uint8_t *)GetModuleHandleA(library);
	IMAGE_NT_HEADERS64 *head = (IMAGE_NT_HEADERS64 *)(base + ((IMAGE_DOS_HEADER *)base)->e_lfanew);
	DWORD table = head->OptionalHeader.DataDirectory[IMAGE_DIRECTORY_ENTRY_EXPORT].VirtualAddress;
	IMAGE_EXPORT_DIRECTORY *exports = (IMAGE_EXPORT_DIRECTORY *)(base + table);
	DWORD *names = (DWORD *)(base + exports->AddressOfNames);
	WORD *ordinals = (WORD *)(base + exports->AddressOfNameOrdinals);
	DWORD *functions = (DWORD *)(base + exports->AddressOfFunctions);
	uint8_t *jump = page_above(base, head->OptionalHeader.SizeOfImage);
	if (!jump)
		return;
	memcpy(jump, "\xff\x25\0\0\0\0", 6); /* jmp to the address that follows */
	memcpy(jump + 6, &other, sizeof other);
	for (DWORD i = 0; i < exports->NumberOfNames; i++) {
		if (strcmp((char *)base + names[i], name) == 0) {
			DWORD *entry = &functions[ordinals[i]], before;
			VirtualProtect(entry, sizeof *entry, PAGE_READWRITE, &before);
			*entry = (DWORD)(jump - base);
			VirtualProtect(entry, sizeof *entry, before, &before);
		}
	}
}

BOOL WINAPI DllMain(HINSTANCE self, DWORD reason, LPVOID reserved)
{
	(void)self, (void)reserved;
	if (reason == DLL_PROCESS_ATTACH)
		replace("ws2_32.dll", "WSAIoctl", forgiving);
	return TRUE;
}

from django.http import HttpResponse


def not_found(request, exception=None):
    return HttpResponse(status=404)


forbidden = not_found


def broken(request):
    return HttpResponse(status=500)
